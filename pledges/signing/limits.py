from citysolidarity.desk import limits
from citysolidarity.http.throttle import Limit, TooMany, VisitorLimit
from citysolidarity.mail.domains import at_domain, domain_of, is_free

SIGN_POSTS = VisitorLimit("sign posts", 5, hours=1)
OF_A_DOMAIN = Limit("drafts of a domain", 10, hours=1)
OF_AN_OFFICIAL_DOMAIN = Limit("drafts of an official domain", 20, hours=1)


def seconds_to_wait(email: str, city) -> float:
    """Count a draft of this city among those of all; the seconds until its e-mail may leave. Raises TooMany.

    A flood makes others wait, but not a mailbox at the city's recorded domain, nor, before others, one at a domain that
    is neither a free provider nor used by many.
    """
    domain = domain_of(email)
    if at_domain(domain, city.official_domain) and not OF_AN_OFFICIAL_DOMAIN.take(domain):
        return 0
    if not is_free(domain) and not OF_A_DOMAIN.take(domain) and not limits.DRAFTS_OF_OWN_DOMAINS.take():
        return 0
    wait = limits.DRAFTS.reserve(line=limits.DRAFTS_LINE)
    if wait is None:
        raise TooMany(limits.DRAFTS.wait())
    return wait
