"""The rules, one module for each quality of the course."""
