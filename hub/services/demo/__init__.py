"""The demo: a made-up shop with a month of conversations, and customers who go on writing."""
