"""Factories for test data; all names are of roles and places, never of people."""
