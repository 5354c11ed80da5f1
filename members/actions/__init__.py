"""Everything that changes people, organisations and roles; one module per subject."""
