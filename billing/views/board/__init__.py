"""Pages of the person who decides, of the members who read or vote: each one by a secret link."""
