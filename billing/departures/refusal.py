class DepartureRefused(Exception):
    """What is asked of a departure cannot be done; the message says why, in French."""
