"""A report on paper: a PDF with its words and tables, in the screens' own fonts."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parents[2] / "static" / "app" / "assets"
"""Where the build puts the screens' fonts, cut into slices by alphabet."""
_PLAIN = ("inter-latin-wght-normal-*", "inter-latin-ext-wght-normal-*", "inter-cyrillic-wght-normal-*")
_EAST = "noto-sans-kr-*-wght-normal-*"
_FAMILY = "Report"
_GREY, _LINE = 95, 205
"""Of 255: the text of column headings, the lines between rows."""
_REGULAR = {"wght": 400}
MOST_LINES = 60
"""Rows of one table; the rest is in the CSV."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTable:
    """A table under its heading."""

    heading: str
    columns: Sequence[str]
    widths: Sequence[int]
    """Of each column, in millimetres; a page has 277."""
    rows: Sequence[Sequence[str]]

    def texts(self) -> Iterator[str]:
        """Yield everything that is written."""
        yield self.heading
        for row in (self.columns, *self.rows):
            yield from row


def pdf_of(title: str, text: str, tables: Sequence[PaperTable], *, language: str, fonts: Path = FONTS) -> bytes:
    """Return the PDF; takes a second, so call it in a thread. Without the screens' fonts other alphabets become “?”."""
    from fpdf import FPDF  # not at the top: only who mails a PDF needs it

    letters = {letter for said in (title, text, *(one for table in tables for one in table.texts())) for letter in said}
    with tempfile.TemporaryDirectory(prefix="hub-pdf-") as folder:
        pdf = FPDF(orientation="landscape", format="A4")
        pdf.set_auto_page_break(auto=True, margin=12)
        known = _add_fonts(pdf, letters, fonts, Path(folder))
        pdf.set_title(title)
        pdf.set_lang(language)
        pdf.set_draw_color(_LINE)
        pdf.add_page()
        pdf.set_font(known, size=16)
        pdf.multi_cell(0, 9, _shown(title, known), new_x="LMARGIN", new_y="NEXT")
        pdf.set_font(known, size=9)
        pdf.multi_cell(0, 5, _shown(text, known), new_x="LMARGIN", new_y="NEXT")
        for table in tables:
            _draw(pdf, known, table)
        return bytes(pdf.output())


def _draw(pdf: Any, family: str, drawn: PaperTable) -> None:
    from fpdf.fonts import FontFace

    pdf.ln(4)
    pdf.set_font(family, size=12)
    pdf.cell(0, 8, _shown(drawn.heading, family), new_x="LMARGIN", new_y="NEXT")
    pdf.set_font(family, size=7.5)
    with pdf.table(
        col_widths=drawn.widths,
        width=sum(drawn.widths),
        line_height=4,
        align="LEFT",
        text_align="LEFT",
        borders_layout="HORIZONTAL_LINES",
        headings_style=FontFace(emphasis="", color=_GREY),
    ) as table:
        for row in (drawn.columns, *drawn.rows[:MOST_LINES]):
            line = table.row()
            for cell in row:
                line.cell(_shown(cell, family))


def _shown(text: str, family: str) -> str:
    return text if family == _FAMILY else text.replace("—", "-").encode("latin-1", "replace").decode("latin-1")


def _add_fonts(pdf: Any, letters: set[str], fonts: Path, folder: Path) -> str:
    """Add the slices that have these letters; returns the family to write with."""
    slices = _slices(fonts)
    wanted = [path for path, has in slices.items() if path in _first(slices) or has & {ord(one) for one in letters}]
    if not wanted:
        return "Helvetica"
    names = []
    for place, path in enumerate(wanted):
        name = _FAMILY if place == 0 else f"{_FAMILY}{place}"
        pdf.add_font(name, "", str(_true_type(path, folder / f"{place}.ttf")))
        names.append(name)
    pdf.set_fallback_fonts(names[1:], exact_match=False)
    return _FAMILY


def _first(slices: Mapping[Path, frozenset[int]]) -> Sequence[Path]:
    return list(slices)[:1]


@cache
def _slices(fonts: Path) -> Mapping[Path, frozenset[int]]:
    """Return each slice with the characters only it has to draw, the plain ones first."""
    from fontTools.ttLib import TTFont

    found: dict[Path, frozenset[int]] = {}
    seen: set[int] = {ord(space) for space in " \n\r\t"}
    for pattern in (*_PLAIN, _EAST):
        for path in sorted(fonts.glob(f"{pattern}.woff2")):
            with TTFont(path, lazy=True) as font:
                here = set(font.getBestCmap())
            found[path] = frozenset(here - seen)
            seen |= here
    return found


def _true_type(path: Path, into: Path) -> Path:
    """Write a slice as the plain TrueType file that PDFs hold, at its regular weight."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(path)
    font.flavor = None
    if "fvar" in font:
        font = instancer.instantiateVariableFont(
            font, {axis.axisTag: _REGULAR.get(axis.axisTag, axis.defaultValue) for axis in font["fvar"].axes}
        )
    font.save(into)
    return into
