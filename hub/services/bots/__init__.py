"""Bots at work: waking them, walking their flows, speaking in their turn, handing over, and what authors do."""
