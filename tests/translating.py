"""Translations that tests talk about. Their texts are made up, and stand in no fixture."""

from django.contrib.auth.models import User

from practices.models import Practice, PracticeTranslation
from practices.models.entries.texts import TEXTS

SPANISH = {"title": "Parques para todos", "summary": "Parques hechos con quienes los usan."}
ARABIC = {"title": "حدائق للجميع", "summary": "حدائق صُنعت مع من يستخدمها."}


def a_translation(practice: Practice, language: str = "es", **facts) -> PracticeTranslation:
    """A saved translation of every text that the practice has, which follows it as it stands; nothing is published."""
    texts = ARABIC if language == "ar" else SPANISH
    made_up = {name: f"{name} ({language})" for name in TEXTS if getattr(practice, name)} | texts
    row = PracticeTranslation(
        practice=practice, language=language, **{"made_by": "Translation office of Quito"} | made_up | facts
    )
    row.practice = Practice.objects.get(pk=practice.pk)
    row.follow()
    row.save()
    return row


def a_published_translation(practice: Practice, language: str = "es", **facts) -> PracticeTranslation:
    """The same, published by a curator."""
    row = a_translation(practice, language, **facts)
    row.publish(User.objects.get_or_create(username="publisher")[0])
    return row
