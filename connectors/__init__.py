"""The channels: one folder each, found by name, none knowing another."""
