"""Words of the setup that every channel of a Twilio account says alike."""

from hub.domain.phrase import Phrase

NOT_OURS = Phrase("Buy it, or put the right one into the settings. It must belong to the (sub)account of the settings.")


def not_active(status: str) -> Phrase:
    """Say what to do about an account whose status is not `active`."""
    return Phrase("Its status is “{status}”. Open the Twilio console: it says why, and what to do.", status=status)
