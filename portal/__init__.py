"""The association's own space: everything it was sent, without an account."""
