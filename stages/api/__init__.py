"""The REST API: parses, makes one call of a service, answers in JSON."""
