"""Use cases of phone calls."""
