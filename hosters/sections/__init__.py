"""The settings of a hoster, one short form each."""
