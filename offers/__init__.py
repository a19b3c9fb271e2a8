"""What is sold: needs, components, offers, and the storefront that shows them."""
