"""Prove that a request comes from Meta and is meant for this channel's app: the rules all of Meta's products share."""

from connectors._lib.meta_verify import HEADER, answer_request, signature, verify_request

__all__ = ["HEADER", "answer_request", "signature", "verify_request"]
