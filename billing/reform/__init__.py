"""What the reform of electronic invoicing asks of a hoster, when, and what shows that it was done."""
