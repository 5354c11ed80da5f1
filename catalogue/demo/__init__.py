"""The catalogue's part of the demo."""

from catalogue.demo.joinings import load_joinings

__all__ = ["load_joinings"]
