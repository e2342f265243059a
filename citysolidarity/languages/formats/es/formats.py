"""Spanish numbers as the Academies group them: a blank that does not break."""

THOUSAND_SEPARATOR = "\xa0"
NUMBER_GROUPING = 3
DATETIME_FORMAT = r"j \d\e F \d\e Y, H:i"
