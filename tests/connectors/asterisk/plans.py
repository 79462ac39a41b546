"""Call plans for tests."""

from hub.domain.callflow.plan import (
    AnnounceNode,
    ForwardNode,
    MenuNode,
    Plan,
    Prompt,
    RingNode,
    VoicemailNode,
)

HELLO = Prompt(text="Good morning.", file="custom/hello")


def ringing(strategy: str = "all", *, wait: int = 0, recording: str = "off", **more: object) -> Plan:
    """Ring, then voicemail."""
    ring = RingNode(strategy=strategy, wait_seconds=wait, ring_seconds=30, no_answer="voicemail", **more)  # type: ignore[arg-type]  # words of the test
    return Plan(start="ring", nodes={"ring": ring, "voicemail": MESSAGE}, recording=recording)  # type: ignore[arg-type]  # same


MESSAGE = VoicemailNode(prompt=Prompt(text="Please leave a message."), seconds=120)
MENU = Plan(
    start="hello",
    nodes={
        "hello": AnnounceNode(prompt=HELLO, then="menu"),
        "menu": MenuNode(
            prompt=Prompt(text="For sales press 1."), choices={"1": "ring", "2": "voicemail"}, seconds=1, tries=2
        ),
        "ring": RingNode(strategy="all", ring_seconds=5),
        "voicemail": MESSAGE,
    },
)
OVERFLOW = Plan(start="over", nodes={"over": ForwardNode(number="+48225550199", seconds=5)})
