"""What was changed, by whom: recorded, listed, undone."""
