"""The far end of a phone call: a page of its own in Chromium that speaks, hears and records, by real WebRTC.

What a provider's media server is to a browser phone. Signalling is not its business: it takes and gives SDP, all
candidates in it. It speaks a tone of its own, so that a recording tells both sides apart.
"""

import asyncio
import base64
import io
import wave
from array import array
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from aiohttp import web
from playwright.async_api import Browser, BrowserContext, Page

RATE = 8000
TONE = 620
"""Hz: what the far end says."""
FLAGS = (
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    # candidates are addresses, and loopback is one: nothing has to be looked up, and no other network is needed
    "--disable-features=WebRtcHideLocalIpsWithMdns",
    "--allow-loopback-in-peer-connection",
)
"""What Chromium needs for calls without a microphone, a person, or a network."""

_PAGE = """<!doctype html><title>far end</title><script type="module">
const RATE = RATE_HERE, TONE = TONE_HERE;
const gathered = (pc) => new Promise((done) => {
  const look = () => pc.iceGatheringState === "complete" && done();
  pc.addEventListener("icegatheringstatechange", look); look();
});
class Call {
  constructor() {
    this.pc = new RTCPeerConnection();
    this.sound = new AudioContext({ sampleRate: RATE });
    this.blocks = [];
    const voice = this.sound.createOscillator(), quiet = this.sound.createGain();
    voice.frequency.value = TONE; quiet.gain.value = 0.3;
    const out = this.sound.createMediaStreamDestination();
    voice.connect(quiet).connect(out); voice.start();
    this.lanes = this.sound.createChannelMerger(2);
    quiet.connect(this.lanes, 0, 1);
    // a browser runs it without a worklet's file; it is a test's
    const taker = this.sound.createScriptProcessor(2048, 2, 2);
    taker.onaudioprocess = ({ inputBuffer }) => {
      if (!this.keeps) return;
      const [left, right] = [inputBuffer.getChannelData(0), inputBuffer.getChannelData(1)];
      const block = new Int16Array(left.length * 2);
      for (let at = 0; at < left.length && !this.silent; at++) {
        block[at * 2] = left[at] * 32767; block[at * 2 + 1] = right[at] * 32767;
      }
      this.blocks.push(block);
    };
    this.lanes.connect(taker).connect(this.sound.destination);
    this.pc.addTrack(out.stream.getAudioTracks()[0], out.stream);
    this.pc.addEventListener("track", ({ track }) => {
      const stream = new MediaStream([track]);
      // Chromium decodes what comes only where an element plays it
      this.element = Object.assign(new Audio(), { srcObject: stream, muted: true });
      void this.element.play();
      const heard = this.sound.createMediaStreamSource(stream);
      this.meter = this.sound.createAnalyser();
      heard.connect(this.meter); heard.connect(this.lanes, 0, 0);
      this.keeps = true;
    });
  }
  async offer() {
    await this.pc.setLocalDescription(); await gathered(this.pc);
    return this.pc.localDescription.sdp;
  }
  async accept(sdp) { await this.pc.setRemoteDescription({ type: "answer", sdp }); }
  async answer(sdp) {
    await this.pc.setRemoteDescription({ type: "offer", sdp });
    await this.pc.setLocalDescription(); await gathered(this.pc);
    return this.pc.localDescription.sdp;
  }
  peak() {
    if (this.meter === undefined) return 0;
    const wave = new Float32Array(this.meter.fftSize);
    this.meter.getFloatTimeDomainData(wave);
    return Math.max(...wave.map(Math.abs));
  }
  async hangUp() {
    this.keeps = false; this.pc.close();
    if (this.sound.state !== "closed") await this.sound.close();
  }
  silence(on) { this.silent = on === "on"; }
  async take() {
    const bytes = new Uint8Array(await new Blob(this.blocks.splice(0)).arrayBuffer());
    let text = "";
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return btoa(text);
  }
}
window.calls = new Map();
window.begin = (id) => window.calls.set(id, new Call());
</script>"""


@dataclass(slots=True)
class FarCall:
    """One call at the far end."""

    _page: Page
    _id: str

    async def offer(self) -> str:
        """Return the SDP of a call that we make."""
        return str(await self._do("offer"))

    async def accept(self, answer: str) -> None:
        """Go on with their answer."""
        await self._do("accept", answer)

    async def answer(self, offer: str) -> str:
        """Return the SDP that answers theirs."""
        return str(await self._do("answer", offer))

    async def hears(self, *, within: float = 10.0) -> None:
        """Wait until sound comes from the browser phone."""
        await self._page.wait_for_function(
            "id => window.calls.get(id).peak() > 0.05", arg=self._id, timeout=within * 1000
        )

    async def hears_nothing(self, *, within: float = 10.0) -> None:
        """Wait until it is silent at the browser phone for a second, longer than between two of its beeps."""
        script = """async id => {
          for (let quiet = 0; quiet < 24; quiet++) {
            if (window.calls.get(id).peak() > 0.01) return false;
            await new Promise(requestAnimationFrame);
            await new Promise((next) => setTimeout(next, 40));
          }
          return true;
        }"""
        async with asyncio.timeout(within):
            while not await self._page.evaluate(script, self._id):
                pass

    async def hang_up(self) -> None:
        """End the media; what was said can still be taken."""
        await self._do("hangUp")

    async def take(self, *, far_first: bool = False) -> bytes:
        """Return what was said since the last time as a WAV file: browser phone left, far end right, or swapped."""
        return _wav(await self._do("take"), far_first=far_first)

    async def record_silence(self, *, on: bool) -> None:
        """Keep silence instead of what is said, or what is said again."""
        await self._do("silence", "on" if on else "off")

    async def _do(self, what: str, argument: str | None = None) -> Any:
        script = "([id, what, argument]) => window.calls.get(id)[what](argument)"
        return await self._page.evaluate(script, [self._id, what, argument])


def _wav(taken: str, *, far_first: bool) -> bytes:
    frames = base64.b64decode(taken)
    if far_first:
        samples = array("h", frames)
        samples[0::2], samples[1::2] = samples[1::2], samples[0::2]
        frames = samples.tobytes()
    made = io.BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setnchannels(2)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(frames)
    return made.getvalue()


class FarEnd:
    """Makes calls in a window of its own of a browser that was started with FLAGS."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._made = 0

    async def __aenter__(self) -> Self:
        async def page(_request: web.Request) -> web.Response:
            return web.Response(
                text=_PAGE.replace("RATE_HERE", str(RATE)).replace("TONE_HERE", str(TONE)), content_type="text/html"
            )

        app = web.Application()
        app.router.add_get("/", page)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._context: BrowserContext = await self._browser.new_context()
        self._page: Page = await self._context.new_page()
        await self._page.goto(f"http://127.0.0.1:{self._runner.addresses[0][1]}/")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._context.close()
        await self._runner.cleanup()

    async def call(self) -> FarCall:
        """Lift the receiver."""
        self._made += 1
        made = FarCall(self._page, str(self._made))
        await self._page.evaluate("id => window.begin(id)", made._id)
        return made
