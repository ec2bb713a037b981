"""Read news reports; keep what they say of the political world as records with their sources."""

__version__ = "0.1.0"
