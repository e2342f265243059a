"""The links that lie in mailboxes of signatories, residents and inviters, put on the desk's site by ``desk_people``."""


def letters_about_signatures() -> dict[str, dict[str, str]]:
    """Purpose → path, for whoever uses them: each link works once."""
    used = {"en": links_of("en", "Brig"), "ar": links_of("ar", "Visp")}
    return used | {"looked at": links_of("ar", "Naters")}


def links_of(language: str, name: str) -> dict[str, str]:
    """``name`` is the city that signed."""
    from django.utils.translation import override

    from pledges import emails
    from pledges.models import StatementVersion
    from tests.people import a_city
    from tests.pledges.email_links.letters import link, posted
    from tests.pledges.invitations import inviters
    from tests.pledges.signers import a_due, a_published, an_asked
    from tests.pledges.supports import residents

    version = {number: StatementVersion.objects.get(number=number, language="en") for number in (2, 3)}
    asked = an_asked(city=a_city(name, "CH"), version=version[3])
    due = a_due(city=a_city(f"{name}-Dorf", "CH"), version=version[3])
    older = a_published(city=a_city(f"{name}-Platz", "CH"), version=version[2])
    older.moves.create(version=version[3])
    letters = {
        "report_progress": posted(emails.commitments_question, asked),
        "renew": posted(emails.renewal_question, due),
        "move_version": posted(emails.new_version, older),
    }
    with override(language):
        found = {purpose: link(letter, purpose) for purpose, letter in letters.items()}
        for writers, make, noun in (
            (residents, residents.a_support, "support"),
            (inviters, inviters.an_invitation, "invitation"),
        ):
            for act in ("confirm", "withdraw", "disown"):
                row = make(a_city("Leuk", "CH"), confirmed=act == "withdraw")
                letter = f"{noun}_receipt" if act == "withdraw" else f"confirm_{noun}"
                found[f"{act}_{noun}"] = writers.link(writers.letter_of(row, letter), f"{act}_{noun}")
    return found
