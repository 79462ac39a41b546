"""Our own Asterisk for tests: a loopback server that speaks ARI as the real one does, and phones to call it with."""

from tests.peers.fake_ari.phones import Caller, Phone
from tests.peers.fake_ari.server import FakeAri
from tests.peers.fake_ari.spec import AriSpec

__all__ = ["AriSpec", "Caller", "FakeAri", "Phone"]
