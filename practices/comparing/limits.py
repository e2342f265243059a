from practices.comparing.brief.rate_limit import SheetLimit

BRIEF_SHEETS = SheetLimit(60, minutes=10)  # drawn for each block of addresses, by each process
