"""Ports on loopback for the servers that tests start."""

import os
import socket
import time
from itertools import cycle

# Below every system's range for outgoing connections (Linux 32768, gVisor 16000, macOS 49152): whoever connects
# meanwhile, be it while a server is down between two starts, is never given a port that is promised here.
_FIRST, _BEHIND = 10_000, 16_000
_STRIDE = 149
"""A prime: test processes with neighbouring numbers begin far from each other."""

_begin = os.getpid() * _STRIDE % (_BEHIND - _FIRST)
_ports = cycle(_FIRST + (_begin + step) % (_BEHIND - _FIRST) for step in range(_BEHIND - _FIRST))


def free_port() -> int:
    """Return a port nobody listens on at the moment, another one each time. Raises OSError if all are taken."""
    for port, _ in zip(_ports, range(_BEHIND - _FIRST), strict=False):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise OSError(f"every port from {_FIRST} to {_BEHIND - 1} is taken")


def listens(port: int) -> bool:
    """Tell whether somebody listens on a port."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for_port(port: int, seconds: float = 10.0) -> None:
    """Return once somebody listens on a port. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if listens(port):
            return
        time.sleep(0.02)
    raise TimeoutError(f"nobody listens on port {port}")
