from practices.comparing.brief.rate_limit import SheetLimit

KIT_FILES = SheetLimit(60, minutes=10)  # files drawn for each block of addresses, by each process
