"""How often somebody may try to log in. Nobody is locked out for good: every limit is a sliding window."""

from citysolidarity.http.throttle import Limit, address_block
from citysolidarity.login.known_devices import known_device

# By name and network; by name alone, which a stranger in many networks can use up, but only for an hour; by network.
# None of them counts for a browser in which the name has logged in before: it has tries of its own.
PASSWORDS = Limit("passwords", 10, minutes=10)
PASSWORDS_OF_A_NAME = Limit("passwords of a name", 60, hours=1)
PASSWORDS_FROM_A_PLACE = Limit("passwords from a place", 60, hours=1)
PASSWORDS_OF_A_DEVICE = Limit("passwords of a device", 10, minutes=10)
# Behind a right password. Three codes of a million are right at any time: 60 a day find one in fifteen years.
CODES = Limit("codes", 5, minutes=5)
CODES_A_DAY = Limit("codes a day", 60, days=1)
# RFC 6238, 5.2: a code is accepted once. In the database, so that it holds in every worker; longer than a code lives.
SAME_CODE = Limit("same code", 1, minutes=5)


def try_password(request, name: str) -> int:
    """Count a try for a name, which need not exist: 0 when it is allowed, else the seconds to wait."""
    if device := known_device(request, name):
        return PASSWORDS_OF_A_DEVICE.take(f"{name} {device}")
    network = address_block(request)
    return PASSWORDS_FROM_A_PLACE.take(network) or PASSWORDS.take(f"{name} {network}") or PASSWORDS_OF_A_NAME.take(name)


def try_code(user) -> int:
    """Count a try of a code: 0 when it is allowed, else the seconds to wait."""
    return CODES.take(str(user.pk)) or CODES_A_DAY.take(str(user.pk))
