"""Forms of core."""
