"""Portuguese numbers, read in Brazil and Portugal alike."""

THOUSAND_SEPARATOR = "."
NUMBER_GROUPING = 3
DATETIME_FORMAT = r"j \d\e F \d\e Y, H:i"
