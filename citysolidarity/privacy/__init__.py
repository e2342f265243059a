"""Which fields hold what people tell us, which hold nothing of a person, and for whom each of them is."""
