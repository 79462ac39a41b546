"""What tests of calls do and see at the screens: be available, hear a recording, keep a picture, know a tone."""

import array
import io
import itertools
import wave

from playwright.async_api import Locator, expect

from tests.e2e.screens import PATIENCE_MS, Agent

expect.set_options(timeout=PATIENCE_MS)


async def available(agent: Agent) -> None:
    """Choose to be rung."""
    await agent.page.get_by_role("navigation").get_by_text("Away").click()
    await agent.page.get_by_role("menuitem", name="Available").click()
    await agent.page.get_by_role("navigation").get_by_text("Available").wait_for()


async def plays(card: Locator) -> None:
    """Wait until the sound of a card is heard, and plays on."""
    sound = card.locator("audio")
    await sound.wait_for()
    handle = await sound.element_handle()
    page = card.page
    await page.wait_for_function("sound => sound.error === null && sound.currentTime > 0.3", arg=handle)


def tone_of(sound: bytes, *, lane: int) -> int:
    """Return the pitch of one lane of a WAV file in its middle second, to 10 Hz, by its zero crossings."""
    with wave.open(io.BytesIO(sound)) as read:
        lanes, rate = read.getnchannels(), read.getframerate()
        samples = array.array("h", read.readframes(read.getnframes()))[lane::lanes]
    begin = max(0, len(samples) // 2 - rate // 2)
    middle = samples[begin : begin + rate]
    crossings = sum(a < 0 <= b for a, b in itertools.pairwise(middle))
    return int(round(crossings * rate / len(middle), -1))
