"""Only the admin's own system, which signs as the hub does, gets past this door: `connectors._lib.hub_signature`."""

from connectors._lib.hub_signature import HEADER, WINDOW, signature, verify_request

__all__ = ["HEADER", "WINDOW", "signature", "verify_request"]
