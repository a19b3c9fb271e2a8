"""The newsletter: who asked for it and proved it, its issues, and how it leaves, without following anybody."""
