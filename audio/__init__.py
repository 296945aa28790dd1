"""The article, as audio."""

__version__ = "0.1.0"
