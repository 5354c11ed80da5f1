"""Proof that the record is the one that was made: heads, evidence, disposal."""
