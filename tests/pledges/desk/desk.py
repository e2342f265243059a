"""Working at the desk with signatures, for the tests of the admin: its addresses, its people, its buttons."""

from django.contrib.auth.models import Group, User
from django.contrib.messages import get_messages
from django.urls import reverse

from pledges.models import Signature
from tests.login import at_the_desk as at_the_desk
from tests.pledges.signers import a_confirmed, a_curator, called_back, number

CONTACT = "officer@amman.example"


def the_list(**query) -> str:
    return reverse("admin:pledges_signature_changelist", query=query)


def the_page(signature) -> str:
    return reverse("admin:pledges_signature_change", args=[signature.pk])


def the_act(signature, code) -> str:
    return reverse("admin:pledges_signature_act", args=[signature.pk, code])


def somebody(role) -> User:
    """A member of staff with one of the roles, as ``createroles`` makes them."""
    user = User.objects.create_user(username=f"{role}-{next(number)}", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


def press(client, signature, act, /, **filled_in):
    """Opens the page of an act and presses its button; returns what was said, or the form's errors."""
    asked = client.get(the_act(signature, act))
    seen = {asked.context["seen"][0]: asked.context["seen"][1]} if asked.context else {}
    answer = client.post(the_act(signature, act), seen | filled_in)
    if answer.status_code == 200:
        return [sentence for sentences in answer.context["form"].errors.values() for sentence in sentences]
    return [str(message) for message in get_messages(answer.wsgi_request)]


def now(signature):
    """Its state in the database."""
    return Signature.objects.get(pk=signature.pk).state


def letters(signature):
    """The names of the letters posted about it."""
    return list(signature.letters.values_list("name", flat=True))


def buttons(client, signature):
    """The acts on offer by code, each with what stands in its way."""
    return {act.code: str(hindrance) for act, hindrance in client.get(the_page(signature)).context["acts"]}


def proven(**facts):
    """A confirmed signature with a strong proof: ready to be verified."""
    signature = a_confirmed(**facts)
    proof = called_back()
    proof.signature, proof.by = signature, a_curator()
    proof.save()
    return signature
