"""Measures how fast the pages are: `make bench`."""
