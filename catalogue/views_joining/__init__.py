"""The pages of joining: the way in, the record, agreements, introductions, leaving and costs."""
