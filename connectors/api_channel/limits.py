"""How much one event and one message may hold: what docs/api-channel.md promises."""

TEXT = 50_000
"""Characters of a text, either way."""
HTML = 1_000_000
EVENTS = 100
"""Events in one request."""
FILES = 10
"""Files of one message, either way."""
MEGABYTES = 25
"""One file we send."""
ANSWER = 5 * 1024 * 1024
"""Bytes of an answer to us: a page of missed events, or a few words."""
PAGES = 1000
"""Pages of missed events in one look."""
