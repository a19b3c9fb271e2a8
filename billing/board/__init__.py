"""From a quote to a decision of the association: read by the members, put to a meeting or a vote, recorded (ASS-03)."""
