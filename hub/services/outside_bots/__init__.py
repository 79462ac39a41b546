"""Bots outside the hub: kept, told what happens, and speaking by the same lock as the hub's own."""
