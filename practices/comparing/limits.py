from citysolidarity.http.rate_limit import RateLimit

BRIEF_SHEETS = RateLimit(60, minutes=10)  # drawn for each block of addresses, by each process
