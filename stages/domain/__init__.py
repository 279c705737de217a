"""What a board is and how it is edited: frozen values and pure functions, without clock or I/O."""
