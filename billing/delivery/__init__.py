"""What has to be done once a quote is accepted: by whom, when, and whether the team can hold it."""
