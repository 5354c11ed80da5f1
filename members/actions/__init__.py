"""What changes people, organisations and roles; one module per concept."""
