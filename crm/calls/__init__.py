"""Guides for calls: a tree of questions that one walks on the telephone, whose answers become the note of the call."""
