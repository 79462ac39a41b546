"""Measures pictures and makes their thumbnails, in a thread and within bounds a hostile picture can't leave."""

import asyncio
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from types import ModuleType

import structlog

log = structlog.get_logger()

THUMBNAIL = (480, 480)
"""Pixels a thumbnail fits into; screens show it at half that, sharp on dense displays."""
PIXELS_LIMIT = 40_000_000
"""Pictures with more pixels get no thumbnail: decoded they would take 160 MB and more."""
BYTES_LIMIT = 30_000_000
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")
TYPES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp", "image/tiff"})

_threads = ThreadPoolExecutor(2, "pictures")


@cache
def _pillow() -> ModuleType:
    """Return Pillow within our bounds. Loaded with the first picture: a start needs none of it."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = PIXELS_LIMIT
    # Pillow only warns up to twice the limit; for us the limit is the limit.
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    return Image


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What was learned of a picture. Sizes are as shown: turned as the camera noted."""

    width: int | None = None
    height: int | None = None
    thumbnail: bytes | None = field(default=None, repr=False)
    """WebP."""


async def examine(content: bytes) -> Picture:
    """Return size and thumbnail of a picture; what cannot be read has neither, and is no error."""
    if len(content) > BYTES_LIMIT:
        return Picture()
    return await asyncio.get_running_loop().run_in_executor(_threads, _examine, content)


def _examine(content: bytes) -> Picture:
    width = height = None
    try:
        from PIL import ImageOps

        with _pillow().open(BytesIO(content), formats=FORMATS) as image:
            width, height = image.size
            if image.getexif().get(0x0112, 1) in (5, 6, 7, 8):  # EXIF orientation: lying on its side
                width, height = height, width
            image.draft("RGB", (THUMBNAIL[0] * 2, THUMBNAIL[1] * 2))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail(THUMBNAIL)
            mode = "RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB"
            out = BytesIO()
            upright.convert(mode).save(out, "WEBP", quality=75, method=2)
            return Picture(width=width, height=height, thumbnail=out.getvalue())
    except Exception as error:  # noqa: BLE001 - decoders of foreign bytes raise anything; without a thumbnail we live
        log.info("picture_not_read", error=repr(error)[:200], size=len(content))
        return Picture(width=width, height=height)
