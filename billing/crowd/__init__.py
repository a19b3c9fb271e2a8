"""A hoster as busy as ten years of success would make it, to measure pages by (`manage.py demo --volume`).

Rows are copied from the demonstration in bulk; their files are not made.
"""
