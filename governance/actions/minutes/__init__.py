"""From the close of a meeting to minutes that are adjusted, announced and filed."""
