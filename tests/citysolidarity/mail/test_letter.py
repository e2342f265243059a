"""What a model of letters has to say beside what all letters have."""

from django.apps import apps
from django.test.utils import isolate_apps

from citysolidarity.mail.letter import SET_BY_SUBCLASS, OutgoingEmail


@isolate_apps("practices")
def test_a_model_of_letters_that_says_too_little_does_not_start():
    class Postcard(OutgoingEmail):
        class Meta(OutgoingEmail.Meta):
            app_label = "citysolidarity"

        address = "officer@amman.example"

    found = [error.msg for error in Postcard.check() if error.id == "letters.E001"]
    assert found == [f"A model of letters says its {name}." for name in ("SIGNER", "subject", "target")]


def test_every_model_of_letters_says_all_of_it():
    letters = [model for model in apps.get_models() if issubclass(model, OutgoingEmail)]
    assert len(letters) == 8
    for model in letters:
        assert all(name in vars(model) for name in SET_BY_SUBCLASS), model
        assert not [error for error in model.check() if error.id == "letters.E001"]
