"""Demo content of governance, built through the actions alone; everything is marked as example."""

from governance.demo.councils import Stand, load_councils

__all__ = ["Stand", "load_councils"]
