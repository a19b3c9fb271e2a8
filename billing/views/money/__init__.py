"""Pages for those who keep the accounts: what is unpaid, what was received, what goes back."""
