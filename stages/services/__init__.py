"""The service module: what people can do. Pages, API and command line call it and nothing below."""
