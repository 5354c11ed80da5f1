"""Forms of people and their accounts."""
