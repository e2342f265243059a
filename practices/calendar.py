"""What the calendar asks of the practices, once a day; each rule may run as often as one likes."""

from practices import yearly

RULES = {
    "cities asked": yearly.ask_cities,
    "cities reminded": yearly.remind_cities,
}
