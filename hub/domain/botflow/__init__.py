"""Bots' flows: a graph of steps, what may be wrong with it, and the interpreter that walks through it. Pure."""
