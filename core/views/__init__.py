"""Views that serve every app: files and the state of the system."""
