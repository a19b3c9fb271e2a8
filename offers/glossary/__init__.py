"""The technical words that a hoster explains: kept, shipped to start with, and shown where they are read."""
