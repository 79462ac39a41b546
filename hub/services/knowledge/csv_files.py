"""The knowledge base as a CSV file: written so that spreadsheets open it, read as spreadsheets write it."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from hub.domain.errors import HubError, Invalid
from hub.domain.ids import UserId
from hub.domain.knowledge import ARTICLES_LIMIT, Article, ArticleId
from hub.ports import UnitOfWork
from hub.services.ids import new_id
from hub.services.knowledge.articles import tidy

COLUMNS = ("id", "topic", "language", "questions", "answer", "tags", "source", "published")
NEEDED = ("language", "questions", "answer")
MAX_BYTES = 10_000_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NO = frozenset({"no", "false", "0", "nie", "아니요", "n"})
_PROBLEMS = 50


@dataclass(frozen=True, slots=True)
class LineProblem:
    """Why a line of a file was left out."""

    line: int
    """As a spreadsheet counts: the header is line 1."""
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What reading a file did, or would do."""

    added: int
    changed: int
    unchanged: int
    problems: tuple[LineProblem, ...]
    """At most 50 of them."""
    left_out: int
    """Lines with a problem."""


def export(articles: Iterable[Article]) -> bytes:
    """Return a file of articles: UTF-8 with a mark by which spreadsheets know it, a question to a line of its cell.

    A cell that a spreadsheet would take for a formula begins with an apostrophe
    (https://owasp.org/www-community/attacks/CSV_Injection); `read` takes it away again.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for article in articles:
        cells = (
            str(article.id),
            article.topic,
            article.language,
            "\n".join(article.questions),
            article.answer,
            ", ".join(article.tags),
            article.source,
            "yes" if article.published else "no",
        )
        writer.writerow([f"'{cell}" if cell.startswith((*_FORMULA, "'")) else cell for cell in cells])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


async def import_articles(
    uow: UnitOfWork, content: bytes, *, by: UserId | None, now: datetime, dry_run: bool
) -> Imported:
    """Add and change articles as a file says; those it does not name stay. Raises Invalid for what is no such file.

    A line is the article with its id, else the one with its topic and language, else a new one. Lines with a problem
    are left out and told; with `dry_run` nothing is written.
    """
    rows = _rows(content)
    known = {article.id: article for article in await uow.articles.all()}
    by_topic = {(article.topic, article.language): article.id for article in known.values() if article.topic}
    by_title = {(a.title, a.language): a.id for a in known.values() if not a.topic}
    problems: list[LineProblem] = []
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    for line, row in rows:
        try:
            article = _article(row, known, by_topic, by_title, by=by, now=now)
            holder = by_topic.get((article.topic, article.language), article.id) if article.topic else article.id
            if holder != article.id:
                raise Invalid(f"The topic “{article.topic}” has another article in this language.")
            if article.id not in known and len(known) >= ARTICLES_LIMIT:
                raise Invalid(f"There are {ARTICLES_LIMIT} articles already.")
        except HubError as error:
            problems.append(LineProblem(line, str(error)))
            continue
        before = known.get(article.id)
        counts["added" if before is None else "unchanged" if before == article else "changed"] += 1
        if before != article and not dry_run:
            await uow.articles.save(article)
        known[article.id] = article
        if article.topic:
            by_topic[article.topic, article.language] = article.id
        else:
            by_title[article.title, article.language] = article.id
    return Imported(**counts, problems=tuple(problems[:_PROBLEMS]), left_out=len(problems))


def _article(
    row: Mapping[str, str],
    known: Mapping[ArticleId, Article],
    by_topic: Mapping[tuple[str, str], ArticleId],
    by_title: Mapping[tuple[str, str], ArticleId],
    *,
    by: UserId | None,
    now: datetime,
) -> Article:
    fresh = tidy(
        Article(
            id=ArticleId(new_id()),
            language=row["language"],
            questions=tuple(row["questions"].splitlines()),
            answer=row["answer"],
            tags=tuple(row.get("tags", "").split(",")),
            topic=row.get("topic", ""),
            source=row.get("source", ""),
            published=row.get("published", "").strip().casefold() not in _NO,
            created_at=now,
            updated_at=now,
            updated_by=by,
        )
    )
    place = by_topic.get((fresh.topic, fresh.language)) if fresh.topic else by_title.get((fresh.title, fresh.language))
    if given := row.get("id", "").strip():
        try:
            place = ArticleId(UUID(given))
        except ValueError:
            raise Invalid(f"“{given[:40]}” is not an id of an article. Leave it empty for a new one.") from None
    if place is None:
        return fresh
    before = known.get(place)
    if before is None:
        return replace(fresh, id=place)
    columns = {name: getattr(fresh, name) for name in COLUMNS if name != "id" and (name in row or name in NEEDED)}
    after = replace(before, **columns)
    return before if after == before else replace(after, updated_at=now, updated_by=by)


def _rows(content: bytes) -> Sequence[tuple[int, Mapping[str, str]]]:
    """Return the lines with their numbers. Raises Invalid, in words."""
    text = _decoded(content)
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, Mapping[str, str]]] = []
    names: list[str] = []
    try:
        for cells in reader:
            if not names:
                names = [cell.strip().casefold() for cell in cells]
                _check_header(names)
            elif any(cell.strip() for cell in cells):
                padded = [_plain(cell) for cell in cells] + [""] * (len(names) - len(cells))
                rows.append((reader.line_num, dict(zip(names, padded, strict=False))))
    except csv.Error as error:
        raise Invalid(f"Line {reader.line_num} of the file cannot be read as CSV ({error}).") from error
    if not names:
        raise Invalid("The file is empty.")
    return rows


def _check_header(names: Sequence[str]) -> None:
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise Invalid(f"The file's first line names no column “{missing[0]}”. Its columns are: {', '.join(COLUMNS)}.")
    strange = [name for name in names if name and name not in COLUMNS]
    if strange:
        raise Invalid(f"The column “{strange[0][:40]}” is not known here. The columns are: {', '.join(COLUMNS)}.")


def _plain(cell: str) -> str:
    text = cell.replace("\x00", "")
    return text[1:] if text[:1] == "'" and text[1:].startswith((*_FORMULA, "'")) else text


def _decoded(content: bytes) -> str:
    """Return the file's text: UTF-8, or what old spreadsheets write in Korea and Poland."""
    if len(content) > MAX_BYTES:
        raise Invalid(f"The file is larger than {MAX_BYTES // 1_000_000} MB.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    from charset_normalizer import from_bytes  # not at the top: few files need it

    best = from_bytes(content, cp_isolation=["cp949", "cp1250", "cp1252"]).best()
    if best is None:
        raise Invalid("The file's letters cannot be read. Save it as CSV UTF-8.")
    return str(best)
