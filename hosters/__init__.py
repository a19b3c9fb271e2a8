"""Who sells: the hosters, the people who work for them, their brand, and what is left to do in the background."""
