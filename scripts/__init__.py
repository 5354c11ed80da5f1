"""Commands of the project, run from its top folder as `python -m scripts.NAME`."""
