"""Where people are lost on the way: daily counters, never persons (contradiction C3, GDPR-10)."""
