"""What was issued cannot be changed, deleted or emptied in the database itself, whoever asks (NUM-04)."""
