"""Forms of joining, agreements, introductions, leaving and costs."""
