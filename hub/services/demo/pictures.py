"""Draws the demo's photos and papers, so that no file of anybody's has to be shipped."""

import math
from functools import cache
from hashlib import sha256
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from hub.contract.simulation import SimulatedFile

_SIZE = (960, 720)
_CLOTH = ((44, 82, 92), (120, 62, 48), (62, 84, 58), (70, 70, 100), (140, 112, 60))
_PAPERS = {
    "label": "Return label|Halden Outdoor, Returns|Harbour Road 7|Free of charge|No. {number}",
    "invoice": "Invoice {number}|Halden Outdoor|1 x Jacket                 189.00|Shipping                     0.00|"
    "Total including VAT        189.00|Paid with thanks",
    "quote": "Quote {number}|Halden Outdoor|30 x Jacket               5670.00|Printing                     0.00|"
    "Discount 12 %             -680.40|Total                     4989.60",
    "transfer": "Transfer receipt {number}|To: Halden Outdoor|Amount: 189.00|Status: executed",
    "registration": "Certificate of registration|No. {number}|Issued for invoicing",
}


@cache
def picture(name: str) -> SimulatedFile:
    """Return a photo of something: `zip`, `pole`, `bottle`, `sole` … Unknown names get a landscape."""
    chance = Random(name)  # noqa: S311 - it draws
    image = Image.new("RGB", _SIZE, chance.choice(_CLOTH))
    _shade(image, chance)
    _MOTIFS.get(name.partition("-")[0], _hills)(ImageDraw.Draw(image), chance)
    out = BytesIO()
    image.filter(ImageFilter.GaussianBlur(1.2)).save(out, "JPEG", quality=82)
    return _file(f"{name}.jpg", "image/jpeg", out.getvalue(), _SIZE)


@cache
def paper(name: str) -> SimulatedFile:
    """Return a PDF of one page: `label`, `invoice`, `quote` and the like."""
    number = 20_000 + int(sha256(name.encode()).hexdigest()[:4], 16)
    lines = _PAPERS.get(name, name.capitalize()).format(number=number).split("|")
    page = Image.new("RGB", (827, 1169), "white")
    draw = ImageDraw.Draw(page)
    draw.rectangle((70, 70, 757, 84), fill=(44, 82, 92))
    for line, text in enumerate(lines):
        draw.text((70, 120 + 60 * line), text, fill=(20, 20, 20), font=ImageFont.load_default(38 if line == 0 else 26))
    if name == "label":
        bars = Random(name)  # noqa: S311 - it draws
        for x in range(70, 700, 9):
            draw.rectangle((x, 520, x + bars.choice((2, 4, 6)), 660), fill="black")
    out = BytesIO()
    page.save(out, "PDF", resolution=100)
    return _file(f"{name}.pdf", "application/pdf", out.getvalue())


def _file(name: str, media_type: str, content: bytes, size: tuple[int, int] | None = None) -> SimulatedFile:
    return SimulatedFile(
        key=sha256(name.encode()).hexdigest()[:32],
        name=name,
        media_type=media_type,
        content=content,
        width=size[0] if size else None,
        height=size[1] if size else None,
    )


def every_file() -> tuple[SimulatedFile, ...]:
    """Return all files a talk can name: what the simulated provider hands out."""
    motifs = ("zip", "pole", "bottle", "sole", "heel", "wet-box", "wet-jacket")
    return (*(picture(name) for name in motifs), *(paper(name) for name in _PAPERS))


def _shade(image: Image.Image, chance: Random) -> None:
    """Let light fall from one side, and give the surface a weave."""
    width, height = image.size
    light = Image.linear_gradient("L").resize(image.size).rotate(chance.choice((0, 90, 180)), expand=False)
    image.paste(Image.new("RGB", image.size, (255, 255, 240)), mask=light.resize(image.size).point(lambda v: v // 5))
    draw = ImageDraw.Draw(image, "RGBA")
    for y in range(0, height, 6):
        draw.line((0, y, width, y + 3), fill=(0, 0, 0, 14))


def _zip(draw: ImageDraw.ImageDraw, chance: Random) -> None:
    draw.polygon([(430, 0), (530, 0), (620, 720), (340, 720)], fill=(24, 26, 28))
    for step in range(44):
        y = step * 17
        open_by = max(0, (y - 380) // 4)
        draw.rectangle((452 - open_by, y, 478 - open_by, y + 9), fill=(190, 190, 186))
        draw.rectangle((482 + open_by, y + 6, 508 + open_by, y + 15), fill=(178, 178, 174))
    draw.rounded_rectangle((450, 360, 512, 440), 14, fill=(210, 206, 196), outline=(90, 90, 86), width=4)
    draw.rounded_rectangle((560, 520 + chance.randrange(40), 588, 640), 10, fill=(206, 60, 44))


def _pole(draw: ImageDraw.ImageDraw, _chance: Random) -> None:
    draw.line((0, 560, 470, 350), fill=(214, 176, 70), width=34)
    draw.line((500, 372, 960, 250), fill=(214, 176, 70), width=34)
    for shift in range(0, 40, 8):
        draw.line((460 + shift, 330 + shift, 488 + shift // 2, 392 - shift), fill=(240, 230, 200), width=4)
    draw.line((0, 548, 470, 338), fill=(244, 214, 130), width=6)


def _bottle(draw: ImageDraw.ImageDraw, _chance: Random) -> None:
    draw.rounded_rectangle((360, 190, 600, 690), 60, fill=(186, 40, 36))
    draw.rounded_rectangle((430, 90, 530, 200), 14, fill=(28, 28, 30))
    draw.rectangle((390, 330, 570, 520), fill=(236, 232, 222))
    draw.text((404, 350), "FUEL 0.6 l\nBatch 2207-4", fill=(30, 30, 30), font=ImageFont.load_default(28))
    draw.ellipse((500, 190, 640, 330), outline=(250, 240, 160), width=5)


def _sole(draw: ImageDraw.ImageDraw, _chance: Random) -> None:
    draw.ellipse((120, 180, 860, 540), fill=(52, 44, 38))
    for x in range(170, 820, 62):
        for y in range(230, 500, 58):
            draw.polygon([(x, y), (x + 40, y + 8), (x + 34, y + 38), (x - 4, y + 32)], fill=(94, 82, 72))


def _wet(draw: ImageDraw.ImageDraw, chance: Random) -> None:
    draw.polygon([(180, 250), (520, 160), (820, 260), (800, 600), (470, 690), (190, 590)], fill=(168, 130, 88))
    draw.polygon([(180, 420), (470, 500), (810, 420), (800, 600), (470, 690), (190, 590)], fill=(112, 82, 54))
    for _ in range(60):
        x, y = chance.randrange(60, 900), chance.randrange(80, 700)
        draw.ellipse((x, y, x + 10, y + 14), fill=(190, 204, 214))


def _hills(draw: ImageDraw.ImageDraw, chance: Random) -> None:
    for layer in range(4):
        base = 300 + layer * 110
        ridge = [(x, base + 60 * math.sin(x / (90 + 40 * layer) + chance.random())) for x in range(0, 1000, 40)]
        green = 60 + 22 * layer
        draw.polygon([(0, 720), *ridge, (960, 720)], fill=(30 + 8 * layer, green, 52))


_MOTIFS = {"zip": _zip, "pole": _pole, "bottle": _bottle, "sole": _sole, "heel": _sole, "wet": _wet}
