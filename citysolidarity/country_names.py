"""Country names that differ from django-countries' own."""

from django.utils.translation import gettext_lazy as _

# The names UNHCR uses: the UN's short name, without the addition in brackets
# ("Bolivia", not "Bolivia (Plurinational State of)"). Where django-countries
# already says so (Türkiye, Bolivia, Venezuela, Tanzania, Iran, Czechia …)
# nothing is repeated. The former and everyday names stay findable:
# see practices/vocabularies/countries.py.
COUNTRY_OVERRIDES = {
    # No city, and no sub-region in the UN's M49.
    "AQ": None,
    "BN": _("Brunei Darussalam"),
    "KP": _("Democratic People's Republic of Korea"),
    "KR": _("Republic of Korea"),
    "LA": _("Lao People's Democratic Republic"),
    "MD": _("Republic of Moldova"),
    "PS": _("State of Palestine"),
    "RU": _("Russian Federation"),
    "SY": _("Syrian Arab Republic"),
    "VA": _("Holy See"),
    "VN": _("Viet Nam"),
    # Not in ISO 3166-1: a code for users' own purposes, in common use. For the
    # UN a reference to Kosovo is in the context of Security Council resolution 1244 (1999).
    "XK": _("Kosovo"),
}
