"""One row for each kind of thing that is kept about people: the table of the privacy page, and what an export holds.

A test compares it with all models: a field that may hold something of a person is either here or in ``free.py``.
"""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class Row(NamedTuple):
    """``fields`` are app.Model.field; ``public`` says whether it is shown, ``seen_by`` who sees it besides."""

    what: str
    why: str
    public: str
    seen_by: str
    kept: str
    fields: tuple[str, ...]


def fields(model: str, names: str) -> tuple[str, ...]:
    return tuple(f"{model}.{name}" for name in names.split())


NO = _("No")
IF_DECIDED = _("What a curator decides to show")
NOBODY, CURATORS, STAFF, LEAD = _("Nobody"), _("Curators"), _("Members of staff"), _("Lead curators")
TO_ANSWER = _("To confirm, to answer and to send what you asked for")
NO_TWO = _("So that nothing is sent or counted twice, and nobody is written to against their will")
SIX_MONTHS = _("Six months after it was settled; unconfirmed, fourteen days")
WITH_ACCOUNT = _("As long as the account")

PERSONAL = (
    Row(
        _("E-mail address and telephone number of whoever signs; the page with the decision"),
        _("To confirm and check the signature"),
        NO, CURATORS, _("Until six months after a withdrawal or refusal; unconfirmed, fourteen days"),
        fields("pledges.SignatureContact", "email phone decision_url"),
    ),
    Row(
        _("Name and role of whoever signs"),
        _("To say who signed for the institution"),
        _("The role; the name only with a box ticked"), CURATORS,
        _("As long as the signature; the name as long as the e-mail address"),
        fields("pledges.Signature", "institution signer_name office_other refusal_note signed_by"),
    ),
    Row(
        _("What an institution answers about its commitments"),
        _("To show what became of them"),
        IF_DECIDED, CURATORS, _("What is not shown, six months after the decision"),
        (*fields("pledges.CommitmentQuestion", "text url"), *fields("pledges.Commitment", "text office")),
    ),
    Row(
        _("What curators note as proof of a signature"),
        _("To answer for the decision"),
        _("The kind of proof"), CURATORS, _("As long as the signature"),
        (
            *fields("pledges.Evidence", "url number_found_at note by"),
            *fields("pledges.SignatureEvent", "by reason"),
            *fields("citysolidarity.Document", "title added_by deleted_by"),
        ),
    ),
    Row(
        _("E-mail address and office of whoever shares a practice, and their answers"),
        TO_ANSWER, _("The published entry"), CURATORS,
        _("Six months after the decision; not sent, thirty days"),
        (
            *fields("practices.Submission", "email office answers title place content refusal_note vouched_by seconded_by"),
            *fields("practices.CuratorQuestion", "text answer by"),
            *fields("practices.SubmissionEvent", "by why"),
        ),
    ),
    Row(
        _("E-mail address of whoever asks a city"),
        TO_ANSWER, NO, NOBODY, _("Thirty days after the answer; unconfirmed, fourteen days"),
        fields("practices.Asker", "email"),
    ),
    Row(
        _("Questions to cities, and the answers"),
        TO_ANSWER, IF_DECIDED, CURATORS, SIX_MONTHS,
        fields("practices.Enquiry", "text answer public_question public_answer content closed_by joined_by"),
    ),
    Row(
        _("Reports of problems, and an e-mail address if one is given"),
        _("To put it right, and to answer"),
        IF_DECIDED, CURATORS, _("The address thirty days, the words six months after the case is closed"),
        fields("practices.Report", "email text network content public_reply closed_by"),
    ),
    Row(
        _("E-mail address of the office that answers for an entry"),
        _("To ask whether the entry is still right, and to pass questions on"),
        NO, CURATORS, _("Until the office asks us to erase it"),
        fields("practices.ContactRoute", "office email vouched_by seconded_by"),
    ),
    Row(
        _("A city’s answer to the yearly question, to a request of residents, or to an invitation"),
        _("To keep entries and signatures right"),
        IF_DECIDED, CURATORS, _("Six months after a curator dealt with it; the city’s public address stays"),
        (
            *fields("practices.Confirmation", "text why decided_by"),
            *fields("pledges.AskedCity", "email answer answer_url written_by published_by"),
            *fields("pledges.InvitedCity", "email sent_by"),
            *fields("pledges.Invitation", "city_email"),
        ),
    ),
    Row(
        _("E-mail address and first name of a resident who asks a city to sign"),
        TO_ANSWER, _("Only how many residents"), NOBODY,
        _("Six months after the city’s answer; unconfirmed, fourteen days; at once when withdrawn"),
        fields("pledges.SupportContact", "email first_name"),
    ),
    Row(
        _("E-mail address, first name and message of whoever invites a city"),
        _("To send the invitation"),
        NO, _("Curators; the city gets name and message"), SIX_MONTHS,
        (
            *fields("pledges.InvitationContact", "email first_name"),
            *fields("pledges.Invitation", "message content refusal_note read_by refused_by"),
        ),
    ),
    Row(
        _("E-mail address of whoever follows the directory, and what they follow"),
        TO_ANSWER, NO, _("Nobody; curators see what is followed"),
        _("Until you stop; unconfirmed, fourteen days"),
        (*fields("practices.Follower", "email"), *fields("practices.Following", "query content")),
    ),
    Row(
        _("That an e-mail was sent, bounced, and which of its links were used; never its text"),
        _("To send it, and to know whether a link still works"),
        NO, CURATORS, _("As long as what it is about"),
        tuple(
            field
            for model in (
                "citysolidarity.StaffEmail", "citysolidarity.WrittenEmail", "practices.PracticeLetter", "practices.FollowingLetter",
                "practices.SubmissionLetter", "pledges.SignatureLetter", "pledges.InvitationLetter", "pledges.SupportLetter",
            )
            for field in fields(model, "reply used")
        ),
    ),
    Row(
        _("E-mails that a curator wrote by hand, and notes of curators"),
        _("To deal with a matter together"),
        NO, STAFF, _("Six months after the matter was settled"),
        (
            *fields("citysolidarity.WrittenEmail", "text by"),
            *fields("citysolidarity.Note", "text by"),
            *fields("citysolidarity.Assignment", "by to"),
        ),
    ),
    Row(
        _("Encrypted marks of e-mail addresses, from which nobody can read them"),
        NO_TWO, NO, NOBODY, _("As long as what they are about; a block until it is lifted"),
        (
            *fields("pledges.Support", "mailbox content"),
            *fields("pledges.Invitation", "mailbox"),
            *fields("practices.Following", "mailbox"),
            *fields("citysolidarity.BlockedMailbox", "mailbox"),
            *fields("pledges.SentForm", "content"),
        ),
    ),
    Row(
        _("Encrypted marks of internet (IP) addresses that sent a form"),
        _("To fend off floods of forms"),
        NO, NOBODY, _("One day"),
        fields("citysolidarity.LimitUse", "who moments"),
    ),
    Row(
        _("Words that came from five or more networks in the same month in a search; not who searched"),
        _("To learn what is looked for and not found"),
        NO, CURATORS, _("Twenty-five months"),
        fields("citysolidarity.SearchWord", "words language"),
    ),
    Row(
        _("Encrypted marks of other searched words, and of the sixty boxes that networks tick for them"),
        _("So that words of fewer than five networks are never kept"),
        NO, NOBODY, _("Until the end of the month"),
        fields("citysolidarity.SearchMark", "key places"),
    ),
    Row(
        _("A photographer’s name, and people named in a public source"),
        _("To give credit, and to show where facts come from"),
        _("Yes"), STAFF, _("As long as the entry, or until the person objects"),
        (
            *fields("practices.Picture", "credit"),
            *fields("practices.PracticeTranslation", "made_by"),
            *fields("practices.Practice", "lead partners funders"),
        ),
    ),
    Row(
        _("Accounts of members of staff: name, e-mail address, password as a hash, second factor, choices"),
        _("To let them in, and nobody else"),
        NO, LEAD, WITH_ACCOUNT,
        (
            *fields("auth.User", "username first_name last_name email password"),
            *fields("auth.User_groups", "user"),
            *fields("auth.User_user_permissions", "user"),
            *fields("mfa.Authenticator", "user data"),
            *fields("account.EmailAddress", "user email"),
            *fields("citysolidarity.EmailChoice", "user"),
            *fields("citysolidarity.StaffEmail", "user"),
            *fields("citysolidarity.FreshStart", "user asked_by agreed_by"),
        ),
    ),
    Row(
        _("Sessions of members of staff: browser and the first half of the internet (IP) address"),
        _("So that they notice a stranger in their account"),
        NO, _("The person, and lead curators"), _("One day after the session"),
        fields("citysolidarity.DeskSession", "user browser network session_data"),
    ),
    Row(
        _("What members of staff typed and had not saved yet, encrypted"),
        _("So that nothing is lost when a session ends"),
        NO, _("The person"), _("Fourteen days at most"),
        (*fields("citysolidarity.KeptForm", "user address sealed"), *fields("practices.ChangeDraft", "by sealed")),
    ),
    Row(
        _("An e-mail domain from which no form takes anything for a while; it may be one person’s own"),
        _("To keep what is sent by machines out of the forms"),
        NO, STAFF, _("Until the refusal ends; the log of the desk names it"),
        fields("citysolidarity.RefusedDomain", "domain by"),
    ),
    Row(
        _("Who decided or changed what at the desk, and when"),
        _("To answer for decisions"),
        NO, STAFF, _("As long as the entry or signature"),
        (
            *fields("admin.LogEntry", "user object_repr change_message"),
            *fields("citysolidarity.DocumentView", "by"),
            *fields("citysolidarity.Pause", "by"),
            *fields("citysolidarity.EditedText", "by"),
            *fields("practices.ReviewEvent", "by why"),
            *fields("practices.ReviewComment", "by text"),
            *fields("practices.PracticeTranslation", "published_by"),
            *fields("practices.TranslationEvent", "by"),
            *fields("practices.Version", "record by note"),
            *fields("practices.Elsewhere", "decided_by"),
            *fields("practices.GuideTranslation", "reviewed_by"),
            *fields("practices.DocumentTranslation", "reviewed_by"),
            *fields("practices.NetworkTranslation", "reviewed_by"),
            *fields("practices.SheetImport", "by asked_by undone_by content"),
            *fields("practices.TranslationFile", "by saved_by content"),
            *fields("pledges.Deed", "decided_by"),
            *fields("pledges.Election", "decided_by"),
            *fields("pledges.CommitmentQuestion", "decided_by"),
        ),
    ),
)  # fmt: skip
