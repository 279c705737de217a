"""The portal's methods we use, one file per family: typed arguments in, a command out."""
