"""What it costs and why: the pricing engine, its forms, and the French way to write amounts."""
