"""Working at the desk, for the tests of the admin: its addresses, its forms as a browser sends them, its actions."""

from urllib.parse import urlencode

from django.contrib.messages import get_messages
from django.db import connection
from django.urls import reverse


def desk(model, page="changelist", *args, app="practices"):
    return reverse(f"admin:{app}_{model}_{page}", args=args)


def act(client, action, *practices, why=""):
    """Choose practices in the list, run an action, and return what was said."""
    chosen = {"why": why, "action": action, "_selected_action": [practice.pk for practice in practices]}
    answer = client.post(desk("practice"), chosen)
    connection.check_constraints()
    return [str(message) for message in get_messages(answer.wsgi_request)]


def form_of(client, page):
    """What a browser would send back from a form of the desk if nothing were changed."""
    context = client.get(page).context
    fields = {}
    formsets = [one.formset for one in context["inline_admin_formsets"]]
    forms = [context["adminform"].form, *(formset.management_form for formset in formsets)]
    forms += [form for formset in formsets for form in formset.forms]
    for form in forms:
        fields |= {bound.html_name: bound.value() for bound in form if bound.value() is not None}
        if marks := getattr(form, "stored_marks", None):
            fields[form.add_prefix("seen")] = urlencode(marks)
    return fields


def save(client, page, **changes):
    answer = client.post(page, form_of(client, page) | changes)
    if answer.status_code == 302:
        connection.check_constraints()
        return []
    context = answer.context
    return [*context["errors"]]
