"""Changes to bodies, seats, cases and meetings: each checks the right, enforces the rule, logs."""
