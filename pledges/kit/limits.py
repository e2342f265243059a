from citysolidarity.http.rate_limit import RateLimit

KIT_FILES = RateLimit(60, minutes=10)  # files drawn for each block of addresses, by each process
