"""Whoever asked may be gone before the answer is whole: that is no error of the hub."""

import asyncio

import pytest
from aiohttp import web
from aiohttp.client_exceptions import ClientConnectionResetError
from aiohttp.test_utils import make_mocked_request

from hub.api.app import GONE, REQUEST_ID, answered_in_words


class Line(asyncio.Transport):
    """A connection, closed or not."""

    def __init__(self, *, closed: bool) -> None:
        super().__init__()
        self._closed = closed

    def is_closing(self) -> bool:
        return self._closed


async def breaks_off(_request: web.Request) -> web.StreamResponse:
    raise ClientConnectionResetError("Cannot write to closing transport")


@pytest.mark.parametrize(("closed", "status"), [(True, GONE), (False, 500)])
async def test_only_a_client_that_went_away_is_no_error(
    closed: bool, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    request = make_mocked_request("GET", "/", transport=Line(closed=closed))
    request[REQUEST_ID] = "r"
    answer = await answered_in_words(request, breaks_off)
    assert answer.status == status
    assert ("request failed unexpectedly" in capsys.readouterr().out) is not closed
