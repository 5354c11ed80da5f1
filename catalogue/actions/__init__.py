"""What changes services, participations, agreements and costs; one module per subject."""

from catalogue.actions.lifecycle import change_lifecycle

__all__ = ["change_lifecycle"]
