"""Writes of polls: request, order, opening, ballots, closing, lot, decision, per capsulam."""
