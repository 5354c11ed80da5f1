"""The search engines: one interface, two of them."""
