"""The portal's dictionaries, read into values of the domain."""
