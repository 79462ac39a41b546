"""The Interaction Hub: every conversation with a customer, on one timeline."""

__version__ = "0.1.0"
