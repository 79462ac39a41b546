"""Search: the same hits on both engines, in Korean and Polish, newest first, however much there is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import search
from storage.database import SqlStorage
from storage.engine import Database
from storage.search_index import SearchIndex
from tests.storage import builders as make
from tests.storage.builders import later

TEXTS = {
    "pl1": "Zamówienie z Łodzi nie dotarło, proszę o fakturę VAT nr FV/2026/11/0042.",
    "pl2": "ZAŻÓŁĆ GĘŚLĄ JAŹŃ — zwrot 250 zł",
    "ko1": "서울 강남구로 배송 언제 오나요? 주문번호 20261120",
    "ko2": "배송이 늦어요 ㅠㅠ",
    "mix": "iPhone 케이스 주문했는데 reklamacja",
    "jp": "東京へのガイドはありますか",
    "nfd": "\u1107\u1162\u1109\u1169\u11bc \u0065\u0301t\u00e9",  # decomposed, as file names from macOS come
    "new": "\U0003134b\U0003134b\U0003134b: letters newer than the tokenizer",
    "url": "see https://example.org/pay?id=77 or mail anna.kowalska@example.org",
}
CASES = {
    "lodzi": {"pl1"},
    "ŁODZI": {"pl1"},
    "fakt": {"pl1"},
    "faktura": set(),
    "fv 2026 0042": {"pl1"},
    "zazolc gesla": {"pl2"},
    "zwrot zł": {"pl2"},
    "배송": {"ko1", "ko2", "nfd"},
    "강남": {"ko1"},
    "남": {"ko1"},
    "강": {"ko1"},
    "배송 늦": {"ko2"},
    "주문": {"ko1", "mix"},
    "주문번호": {"ko1"},
    "iphone 케이스": {"mix"},
    "ガイド": {"jp"},
    "カイド": set(),
    "東京": {"jp"},
    "été": {"nfd"},
    "anna kowalska": {"url"},
    "example org": {"url"},
    "ZAMOWIENIE FAKTURĘ": {"pl1"},
    "nothing like it": set(),
    "\U0003134b\U0003134b": {"new"},
    "'\"*()&|!:": set(),
    "": set(),
    "20261120": {"ko1"},
    "2026": {"pl1", "ko1"},
}


@pytest.mark.parametrize(("asked", "expected"), CASES.items())
async def test_the_same_is_found_on_both_engines(storage: SqlStorage, asked: str, expected: set[str]) -> None:
    async with storage.begin() as uow:
        thread = await make.begin_thread(uow, contact={"name": "Q"}, point={"address": "q1"})
        for n, (name, text) in enumerate(TEXTS.items()):
            entry = make.message(thread.conversation, subject="", text=text, occurred_at=later(minutes=n))
            await uow.timeline.add(entry)
            TEXTS_BY_ID[entry.id] = name
    hits = (await storage.queries.search(asked, cursor=None, limit=50)).items
    assert {TEXTS_BY_ID[hit.interaction.id] for hit in hits} == expected


TEXTS_BY_ID: dict[object, str] = {}


async def test_pages_go_from_new_to_old_without_doubles(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        thread = await make.begin_thread(uow)
        for n in range(9):
            await uow.timeline.add(make.message(thread.conversation, text=f"parcel {n}", occurred_at=later(minutes=n)))
    seen: list[str] = []
    cursor = None
    for _ in range(3):
        page = await storage.queries.search("parcel", cursor=cursor, limit=4)
        seen += [hit.interaction.text for hit in page.items]
        cursor = page.next
    assert cursor is None
    assert seen == [f"parcel {n}" for n in reversed(range(9))]


async def test_an_edit_is_found_by_its_new_words_only(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        thread = await make.begin_thread(uow, contact={"name": "Zofia"})
        entry = make.message(thread.conversation, text="old wording")
        await uow.timeline.add(entry)
        await uow.timeline.update(make.renewed(entry, text="fresh wording"))
        await uow.timeline.add_attachment(make.attachment(entry, name="umowa najmu.pdf"))

    async def count(text: str) -> int:
        return len((await storage.queries.search(text, cursor=None, limit=9)).items)

    assert [await count(text) for text in ("old", "fresh", "umowa", "zofia wording")] == [0, 1, 1, 1]
    async with storage.begin() as uow:
        await uow.timeline.update(make.renewed(entry, deleted_at=later(hours=1)))
    assert await count("wording") == 0


async def test_old_blocks_are_searched_when_the_new_ones_do_not_fill_the_page(database_url: str) -> None:
    index = SearchIndex("search_messages", block_bits=2, near=10)
    database = Database(database_url)
    async with database.write() as session:
        await index.add(session, {n: {"often", "rare"} if n in (3, 90) else {"often"} for n in range(1, 101)})
    async with database.read() as session:

        async def find(word: str, before: int, limit: int) -> list[int]:
            return list(await index.find(session, [[(word, True)]], before=before, limit=limit))

        assert await find("rare", 101, 10) == [90, 3]
        assert await find("often", 101, 10) == list(range(100, 90, -1))
        assert await find("often", 51, 3) == [50, 49, 48]
        assert await find("oft", 101, 1000) == list(range(100, 0, -1))
        assert await find("none", 101, 10) == []
    await database.close()


@given(st.text(max_size=60), st.text(max_size=60))
def test_every_word_of_a_text_finds_it(before: str, after: str) -> None:
    found = search.words([f"{before} {after}"])
    for word, goes_on in search.query(f"{before} {after}"):
        assert word in found or (goes_on and any(one.startswith(word) for one in found))


@given(st.text(max_size=80))
def test_folding_is_stable(text: str) -> None:
    assert search.fold(search.fold(text)) == search.fold(text)


@given(st.text(max_size=80))
def test_words_hold_nothing_the_engines_would_read_as_an_operator(text: str) -> None:
    for word in search.words([text]) | {word for word, _ in search.query(text)}:
        assert word
        assert all(c.isalnum() for c in word if c.isascii())
