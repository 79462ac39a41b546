"""Keeps failing downloads below the number at which Meta blocks an account.

Five failed requests for media in an hour block a number for an hour, also for the files it could have had. The count is
this process's; a restart begins it anew.
"""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from hub.contract import FetchFailed

_WINDOW = timedelta(hours=1)


class DownloadGuard:
    """Counts failures of one account."""

    def __init__(self, most: int, now: Callable[[], datetime]) -> None:
        self._most = most
        self._now = now
        self._failures: deque[datetime] = deque(maxlen=most)

    def check(self) -> None:
        """Raise FetchFailed, to be tried again, while another failure might block the account."""
        if len(self._failures) == self._most and self._now() - self._failures[0] < _WINDOW:
            raise FetchFailed(
                f"{self._most} files could not be fetched within an hour. The hub pauses, since Meta would otherwise "
                "block the account; it tries again by itself.",
                passing=True,
            )

    def failed(self) -> None:
        """Note a failure."""
        self._failures.append(self._now())
