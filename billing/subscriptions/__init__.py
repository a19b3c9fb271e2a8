"""The life of a subscription: its start, its periods, its renewals, its end and what follows it."""
