"""The one WebSocket: changes in the order of commits, resumable by number, and passing signs of presence."""
