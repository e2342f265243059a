from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from pledges.vocabularies import Proof


@dataclass(frozen=True)
class Rung:
    """One kind of proof: ``seen_on`` is None where there is none, or where history gives no day."""

    code: str
    title: str
    meaning: str
    is_there: bool
    seen_on: date | None = None
    url: str = ""


def ladder(sources, evidence) -> list[Rung]:
    """The four rungs, the weakest first. Only evidence that carried a verification counts."""
    strong = {proof.kind: proof for proof in evidence if proof.was_strong}
    rungs = [
        Rung(
            "stated",
            _("Named in a public source"),
            _("A public source, shown on this page, says that the city signed."),
            bool(sources),
        )
    ]
    for kind, title, meaning in (
        (
            Proof.OFFICIAL_MAIL,
            _("Official e-mail address"),
            _("The signature was confirmed from an e-mail address at the city’s official domain."),
        ),
        (
            Proof.PUBLISHED_DECISION,
            _("Published decision"),
            _("The decision, or news of it, is on the city’s official website."),
        ),
        (Proof.CALLED_BACK, _("Confirmed by phone"), _("We called the city on a number that we found ourselves.")),
    ):
        proof = strong.get(kind)
        # Only a published decision has an address that the city itself made public.
        url = proof.url if proof and kind == Proof.PUBLISHED_DECISION else ""
        rungs.append(Rung(kind.value, title, meaning, proof is not None, proof.seen_on if proof else None, url))
    return rungs
