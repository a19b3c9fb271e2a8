"""Campaigns: whom one speaks to, what one wants, who does what, and what came of it, told by facts."""
