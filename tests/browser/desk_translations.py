"""The pages of translations at the desk, with rows in the states that look different."""


def translated_pages() -> dict[str, str]:
    """The list and pages of translations, one of them behind, and what the public reads of them."""
    from practices.models import Practice
    from practices.models.entries.version import Version
    from tests.desk import desk
    from tests.people import a_city, a_practice
    from tests.translating import a_published_translation, a_translation

    story = {"challenge": "Rents rose, and gardens were lost.", "approach": "The city lends its roofs to neighbours."}
    entry = a_practice("Gardens on roofs", a_city("Thun", "CH"), slug="gardens-on-roofs", **story)
    arabic = {"challenge": "ارتفعت الإيجارات وضاعت الحدائق.", "approach": "تُعير المدينة أسطحها للجيران."}
    right = a_published_translation(entry, "ar", **arabic)
    behind = a_translation(entry, challenge="Los alquileres subieron.", approach="La ciudad presta sus azoteas.")
    Version.objects.keep([entry.pk])
    Practice.objects.filter(pk=entry.pk).update(challenge="Rents rose, and the last gardens were lost.")
    return {
        "translations": desk("practicetranslation"),
        "a translation behind its original": desk("practicetranslation", "change", behind.pk),
        "a translation that is public": desk("practicetranslation", "change", right.pk),
        "a new translation": f"{desk('practicetranslation', 'add')}?practice={entry.pk}&language=fr",
        "preview of a translation": desk("practicetranslation", "preview", behind.pk),
        "exchange with translators": desk("practicetranslation", "import"),
        "a file of translations": desk("practicetranslation", "file", a_file_of_translations().pk),
        "a translation as the public reads it": f"/ar/practices/{entry.slug}/",
        "a card that leads to a translation": "/en/practices/?q=gardens+on+roofs",
    }


def a_file_of_translations():
    """A file of which each thing can be told: a change, a change at the desk since, a text that is left out."""
    from django.contrib.auth.models import User

    from practices.models import PracticeTranslation, TranslationFile
    from tests.practices.translating.translators import edited, exported

    content = edited(exported(), title="Huertos en las azoteas", challenge="Sin huertos.", summary="x" * 281)
    PracticeTranslation.objects.filter(language="es").update(challenge="Se perdieron los huertos.")
    return TranslationFile.objects.create(name="es.po", language="es", content=content, by=User.objects.first())
