"""What was changed, by whom: noted down; see `services.changes` for what is made of it."""
