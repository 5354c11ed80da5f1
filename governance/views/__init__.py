"""The pages of bodies, their desks and meeting rooms."""
