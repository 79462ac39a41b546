"""Slack's names of emoji as the signs themselves, for the ones people use; any other stays a name between colons.

In messages Slack names the sign beside the name (`unicode` of a rich text element); in reactions it does not.
"""

import re
from collections.abc import Mapping

_KNOWN = """
+1=👍 thumbsup=👍 -1=👎 thumbsdown=👎 heart=❤️ smile=😄 smiley=😃 grinning=😀 grin=😁 joy=😂 rofl=🤣
laughing=😆 satisfied=😆 sweat_smile=😅 slightly_smiling_face=🙂 upside_down_face=🙃 wink=😉 blush=😊
innocent=😇 heart_eyes=😍 star-struck=🤩 kissing_heart=😘 yum=😋 stuck_out_tongue=😛
stuck_out_tongue_winking_eye=😜 thinking_face=🤔 neutral_face=😐 expressionless=😑 no_mouth=😶 smirk=😏
unamused=😒 face_with_rolling_eyes=🙄 grimacing=😬 relieved=😌 pensive=😔 sleepy=😪 sleeping=😴 mask=😷
sunglasses=😎 nerd_face=🤓 confused=😕 worried=😟 slightly_frowning_face=🙁 white_frowning_face=☹️
open_mouth=😮 hushed=😯 astonished=😲 flushed=😳 pleading_face=🥺 cry=😢 sob=😭 scream=😱
disappointed=😞 sweat=😓 weary=😩 tired_face=😫 triumph=😤 rage=😡 angry=😠 exploding_head=🤯
partying_face=🥳 hugging_face=🤗 face_palm=🤦 shrug=🤷 raised_hands=🙌 clap=👏 pray=🙏 wave=👋 muscle=💪
ok_hand=👌 point_up=☝️ point_right=👉 point_left=👈 point_down=👇 handshake=🤝 v=✌️ crossed_fingers=🤞
saluting_face=🫡 eyes=👀 brain=🧠 fire=🔥 100=💯 tada=🎉 confetti_ball=🎊 rocket=🚀 star=⭐ sparkles=✨
boom=💥 zap=⚡ bulb=💡 bell=🔔 memo=📝 pushpin=📌 paperclip=📎 calendar=📆 hourglass_flowing_sand=⏳
white_check_mark=✅ heavy_check_mark=✔️ ballot_box_with_check=☑️ x=❌ warning=⚠️ question=❓
exclamation=❗ heavy_exclamation_mark=❗ heavy_plus_sign=➕ no_entry=⛔ no_entry_sign=🚫 octagonal_sign=🛑
rotating_light=🚨 red_circle=🔴 large_yellow_circle=🟡 large_green_circle=🟢 large_blue_circle=🔵
orange_heart=🧡 yellow_heart=💛 green_heart=💚 blue_heart=💙 purple_heart=💜 black_heart=🖤
broken_heart=💔 two_hearts=💕 sparkling_heart=💖 skull=💀 ghost=👻 robot_face=🤖 poop=💩 hankey=💩
see_no_evil=🙈 dog=🐶 cat=🐱 bug=🐛 rose=🌹 sunny=☀️ coffee=☕ beer=🍺 beers=🍻 pizza=🍕 cake=🍰 gift=🎁
moneybag=💰 package=📦 lock=🔒 key=🔑 email=✉️ phone=☎️ computer=💻 chart_with_upwards_trend=📈 mag=🔍
recycle=♻️ arrow_up=⬆️ arrow_down=⬇️ arrow_right=➡️ arrow_left=⬅️ heavy_multiplication_x=✖️ ok=🆗 new=🆕
"""
_SIGNS: Mapping[str, str] = {name: sign for name, _, sign in (pair.partition("=") for pair in _KNOWN.split())}
_TONES = {f"skin-tone-{n}": chr(0x1F3F9 + n) for n in range(2, 7)}
_NAMED = re.compile(r":([a-z0-9_+'-]{1,80}(?:::skin-tone-[2-6])?):")


def sign_of(name: str) -> str:
    """Return the sign of a name such as `+1::skin-tone-3`; the name between colons if it has none we know."""
    base, _, tone = name.partition("::")
    sign = _SIGNS.get(base)
    if sign is None:
        return f":{name[:80]}:"
    return sign.rstrip("\ufe0f") + _TONES[tone] if tone in _TONES else sign


def sign_by_code(code: str) -> str:
    """Return the sign of hexadecimal code points joined by dashes (`1f44d-1f3fd`); "" for anything else."""
    try:
        sign = "".join(chr(int(point, 16)) for point in code.split("-")) if len(code) < 80 else ""
    except (ValueError, OverflowError):
        return ""
    return sign if sign.isprintable() or "\u200d" in sign else ""


def with_signs(text: str) -> str:
    """Return a text with the names of emoji replaced by their signs."""
    return _NAMED.sub(lambda found: sign_of(found[1]), text)
