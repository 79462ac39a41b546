"""Recordings: fetched, looked into, played with a log, kept by rules and deleted with proof."""
