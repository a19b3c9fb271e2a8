"""From the quote to the invoice: numbers, documents, acceptance, subscriptions, payments."""
