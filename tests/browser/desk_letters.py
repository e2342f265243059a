"""The links that lie in mailboxes of those who wrote about an entry, put on the desk's site by ``desk_people``."""


def letters_about_a_submission(boss) -> dict[str, str]:
    """Links as they lie in mailboxes: to a form that is not finished, and to a submission with a question."""
    from practices.models import Submission
    from practices.models.sharing.letter import SharingPurpose
    from practices.sharing import emails
    from tests.practices.sharing.sharers import a_submission, link_in

    draft = Submission.begin("a draft", {"title": ["Gardens"]}, email="parks@athens.example", language="en")
    asked = a_submission(title="Shared gardens on roofs")
    for text in ("Since when?", "Who pays for it?"):
        asked.ask(boss, text)
        if text == "Since when?":
            asked.answer("Since 2019.")
    return {
        "share_resume": link_in(emails.submission_draft.post(draft), SharingPurpose.RESUME),
        "submission": link_in(asked.letters.get(), SharingPurpose.STATUS),
    }


def letters_about_an_entry() -> dict[str, str]:
    """Links as they lie in mailboxes: of the yearly letter, and of a question on each of its stations."""
    from practices.correspondence.confirmations.yearly import ask_city
    from practices.correspondence.contacts.proving import ask_mailboxes
    from practices.correspondence.enquiries import sending as questions
    from practices.models import Asker, Enquiry, Report
    from tests.people import a_city, a_practice
    from tests.practices.correspondence.letters import a_route, link

    found, city = {}, a_city("Sion", "CH")
    # The first is looked at, the second is answered: each link works once.
    for name in ("confirm_entry", "to_answer"):
        entry = a_practice("Shared gardens", city)
        a_route(entry)
        ask_city(entry)
        found[name] = link(entry.confirmations.get().letters.get(), "confirm_entry")
    found["entry"] = entry.get_absolute_url()
    asked_of = a_practice("Shared kitchens", city).routes.create(email="kitchens@sion.example")
    ask_mailboxes(asked_of.practice.routes.all())
    found["confirm_mailbox"] = link(asked_of.letters.get(), "confirm_mailbox")
    for number, station in enumerate(("confirm_question", "answer_question", "read_answer")):
        enquiry = Enquiry.accepted(station, "", practice=entry, text="How did you begin?", language="en")
        Asker.objects.create(enquiry=enquiry, email="reader@example.org")
        questions.emails.confirm_question.post(enquiry)
        if number:
            questions.confirm(enquiry)
        if number == 2:
            questions.answer(enquiry, "With one garden.")
        found[station] = link(enquiry.letters.latest("posted_at"), station)
    facts = {"practice": entry, "kind": "wrong", "text": "It ended.", "language": "en", "email": "reader@example.org"}
    report = Report.accepted("report", "", **facts)
    found["confirm_report"] = link(questions.emails.confirm_report.post(report), "confirm_report")
    return found
