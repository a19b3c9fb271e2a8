"""Pages of the hosters app: what every site has, and the settings that a manager changes."""
