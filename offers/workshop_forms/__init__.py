"""The forms of the workshop: what a person types of a need, a component, a range, a place, a generation."""
