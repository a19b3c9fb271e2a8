"""The figures of the hoster's dashboard: each computed from facts, with its definition and the rows behind it."""
