"""The changes that were noted down: listed, undone, and a board brought back to what it was."""
