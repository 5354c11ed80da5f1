"""Pages of people, roles and the office; one module per concept."""
