"""What staff type about organisations, people and deals."""
