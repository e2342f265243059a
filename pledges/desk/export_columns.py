"""What an export of the signatures says of each; the contact only to those who curate."""

from citysolidarity.desk.exports import Column

EXPORTED = (
    Column("city", "city__name"),
    Column("address", "city__slug"),
    Column("country", "city__country"),
    Column("geonames_id", "city__geonames_id"),
    Column("institution"),
    Column("office", "office_name"),
    Column("state", lambda signature: signature.state.label),
    Column("origin", lambda signature: signature.get_origin_display()),
    Column("signed_on"),
    Column("signed", "signed_in_words"),
    Column("version"),
    Column("visibility", lambda signature: signature.get_visibility_display()),
    Column("public_from"),
    Column("drafted", "drafted_at"),
    Column("confirmed", "confirmed_at"),
    Column("verified", "verified_at"),
    Column("published", "published_at"),
    Column("refused", "refused_at"),
    Column("why_refused", lambda signature: signature.get_refusal_display()),
    Column("withdrawn", "withdrawn_at"),
    Column("superseded", "superseded_at"),
    Column("signer", "signer_name", is_private=True),
    Column("name_may_be_shown", is_private=True),
    Column("email", "contact__email", is_private=True),
    Column("telephone", "contact__phone", is_private=True),
    Column("decision", "contact__decision_url", is_private=True),
    Column("reference", "sent_form__reference", is_private=True),
)
