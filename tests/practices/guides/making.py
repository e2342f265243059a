"""Guides that tests talk about. Each takes what the test is about and makes up the rest."""

from datetime import timedelta

from django.utils import timezone

from practices.models import Guide, GuideStep, GuideTranslation, Practice


def a_guide(title="Housing in a small town", *, days=0, **facts) -> Guide:
    """A guide with one empty step, "Find homes"; public since ``days`` unless ``published_on`` says otherwise (None: a draft)."""
    made_up = {
        "slug": title.lower().replace(" ", "-"),
        "question": "How can we house people well?",
        "for_whom": "For housing officers.",
        "published_on": timezone.localdate() - timedelta(days=days),
    }
    guide = Guide.objects.create(title=title, **(made_up | facts))
    a_step(guide, "Find homes")
    return guide


def a_step(guide: Guide, heading: str) -> GuideStep:
    return guide.steps.create(heading=heading, text=f"{heading} among neighbours.")


def put(practice: Practice, guide: Guide, step: GuideStep | None = None, why="It shows how."):
    """Put a practice into a step of the guide, by default the first."""
    return guide.guidepractices.create(step=step or guide.steps.first(), practice=practice, why=why)


def a_document(guide: Guide, title="Manual", **facts):
    made_up = {"publisher": "A network", "url": f"https://example.org/{title.lower()}", "why": "It explains how."}
    return guide.guidedocuments.create(step=guide.steps.first(), title=title, **(made_up | facts))


def a_guide_translation(guide: Guide, language="es", **facts) -> GuideTranslation:
    """Every sentence of the guide, with the language in brackets after it."""
    phrases = {text: f"{text} ({language})" for text in guide.sentences()}
    return guide.translations.create(language=language, **({"phrases": phrases} | facts))
