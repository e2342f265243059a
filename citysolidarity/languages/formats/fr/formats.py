"""French numbers as CLDR groups them: a narrow blank that does not break."""

THOUSAND_SEPARATOR = "\u202f"
NUMBER_GROUPING = 3
