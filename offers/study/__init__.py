"""What stands behind an offer: what others ask, what it costs, what people said (002-015 to 002-033, 002-157)."""
