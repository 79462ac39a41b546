"""What a visitor gets to see, and what is stored."""

import json
from datetime import timedelta

import lxml.html
import pytest

from tests.connectors.webform.browser import (
    CONSENT,
    FILLED_IN,
    NOW,
    SHOP,
    asked,
    asks_more,
    body,
    form,
    hidden,
    look,
    post,
    settings,
    token,
)


def test_who_opens_the_page_sends_from_it_and_is_thanked() -> None:
    connector = form()
    opened = asked(connector, look(query={"utm_source": "ads"}, referer="https://search.example/"))
    carried = hidden(opened.body)
    assert (opened.status, opened.store) == (200, False)
    sent = asked(form(after=timedelta(seconds=20)), post(body(FILLED_IN | carried, page=carried.pop("_token"))))
    assert (sent.status, sent.store) == (200, True)
    assert "Thank you" in sent.body.decode()
    assert carried["_utm_source"] == "ads"
    assert carried["_referrer"] == "https://search.example/"


def test_every_question_has_its_label_and_the_trap_is_out_of_the_way() -> None:
    tree = lxml.html.fromstring(asked(form(asks_more()), look()).body.decode())
    entries = tree.xpath("//input[@type!='hidden' or not(@type)] | //textarea | //select")
    labelled = {label.get("for") for label in tree.xpath("//label")}
    assert {entry.get("id") for entry in entries} == labelled
    trap = tree.get_element_by_id("_more")
    assert (trap.get("tabindex"), trap.getparent().get("aria-hidden")) == ("-1", "true")
    assert [script.text for script in tree.xpath("//script")] == []


@pytest.mark.parametrize(
    ("query", "accepted", "title"),
    [
        ({}, "", "Write to us"),
        ({}, "pl-PL,pl;q=0.9,en;q=0.5", "Kontakt ze sklepem"),
        ({"lang": "ko"}, "pl", "문의하기"),
        ({"lang": "xx"}, "fr, ko-KR;q=0.3", "문의하기"),
    ],
)
def test_the_page_speaks_the_visitors_language(query: dict[str, str], accepted: str, title: str) -> None:
    page = asked(form(asks_more()), look(query=query, accept_language=accepted)).body.decode()
    assert f"<h1>{title}</h1>" in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": ""}, "Please fill this in."),
        ({"email": "nobody"}, "no complete e-mail address"),
        ({"email": "", "phone": ""}, "an e-mail address or a phone number"),
        ({"phone": "call me"}, "no phone number"),
        ({"company": "x" * 21}, "at most 20 characters"),
        ({"topic": "Something"}, "choose one of the answers"),
        ({"_consent": ""}, "tick the box"),
        ({"_consent": "I agree to nothing."}, "tick the box"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written_is_lost(changed: dict[str, str], said: str) -> None:
    told = {**FILLED_IN, "_consent": CONSENT, **changed}
    answer = asked(form(asks_more()), post(body(told)))
    tree = lxml.html.fromstring(answer.body.decode())
    assert (answer.status, answer.store) == (422, False)
    assert said in tree.xpath("string(//*[@role='alert'])")
    assert tree.xpath("//*[@aria-invalid='true']")
    assert tree.get_element_by_id("message").text.strip() == FILLED_IN["message"]


def test_the_page_says_which_address_is_needed() -> None:
    either = asked(form(asks_more()), look()).body.decode()
    phone = asked(form(settings(reach="email or phone", fields=[{"key": "phone"}])), look()).body.decode()
    assert either.count("(one of the two)") == 2
    assert "(optional)" not in phone
    assert not asked(form(settings(reach="email or phone", fields=[{"key": "phone"}])), post(body({}))).store


@pytest.mark.parametrize("agreed", [CONSENT, "Zgadzam się."])
def test_consent_in_any_of_the_forms_languages_counts(agreed: str) -> None:
    assert asked(form(asks_more()), post(body({**FILLED_IN, "_consent": agreed}))).store


def test_where_consent_is_free_nobody_has_to_tick() -> None:
    assert asked(form(asks_more(consent_required=False)), post(body())).store


def test_who_need_not_be_reached_may_stay_unknown_but_not_silent() -> None:
    loose = settings(reach="not needed", fields=[{"key": "message"}])
    assert asked(form(loose), post(body({"message": "The door is broken."}))).store
    empty = asked(form(loose), post(body({"message": "  "})))
    assert not empty.store
    assert "The form is empty" in empty.body.decode()


def test_values_and_texts_cannot_become_markup() -> None:
    evil = '"><script>alert(1)</script>'
    shown = asked(form(settings(title=evil, intro=evil)), post(body({"name": evil, "message": evil}))).body.decode()
    also = asked(form(), look(query={"page": evil, "lang": evil, "theme": evil, "embed": evil})).body.decode()
    assert "alert(1)" in shown
    assert "<script>alert" not in shown + also


# -- guards


def test_a_page_older_than_a_day_comes_back_filled_in_and_goes_through_at_once() -> None:
    stale = token(at=NOW - timedelta(days=1, seconds=1))
    answer = asked(form(), post(body(page=stale)))
    renewed = hidden(answer.body)["_token"]
    assert (answer.status, answer.store) == (422, False)
    assert "open for long" in answer.body.decode()
    assert FILLED_IN["email"] in answer.body.decode()
    assert asked(form(), post(body(page=renewed))).store


def test_who_is_quicker_than_a_person_presses_once_more() -> None:
    fresh = token(at=NOW)
    quick = asked(form(), post(body(page=fresh)))
    assert (quick.status, quick.store) == (422, False)
    assert hidden(quick.body)["_token"] == fresh
    assert asked(form(after=timedelta(seconds=3)), post(body(page=fresh))).store


def test_the_hidden_field_catches_programs_and_lets_people_go_on() -> None:
    caught = asked(form(), post(body(_more="http://spam.example")))
    assert (caught.status, caught.store) == (422, False)
    assert "spam.example" not in caught.body.decode()
    assert FILLED_IN["name"] in caught.body.decode()


def test_one_address_sends_so_often_an_hour_and_others_as_before() -> None:
    connector = form(settings(per_hour=2))
    answers = [asked(connector, post(body())).status for _ in range(3)]
    refused = asked(connector, post(body()))
    assert answers == [200, 200, 429]
    assert refused.headers["Retry-After"] == "3600"
    assert FILLED_IN["name"] in refused.body.decode()
    assert asked(connector, post(body(), client="203.0.113.8")).store
    assert asked(connector, post(body(), client="")).store


def test_a_file_is_refused_in_words() -> None:
    parts = {"_token": token(), **FILLED_IN}
    told = "".join(f'--X\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in parts.items())
    told += '--X\r\nContent-Disposition: form-data; name="f"; filename="cv.pdf"\r\n\r\n%PDF\r\n--X--\r\n'
    answer = asked(form(), post(told.encode(), content_type="multipart/form-data; boundary=X"))
    assert not answer.store
    assert "cannot take files" in answer.body.decode()


# -- on other websites


def test_only_allowed_websites_may_frame_the_page() -> None:
    policy = asked(form(settings(redirect="https://shop.example.com/thanks")), look(query={"embed": ""})).headers
    assert f"frame-ancestors 'self' {SHOP} https://*.example.org" in policy["Content-Security-Policy"]
    assert "form-action 'self' https://shop.example.com" in policy["Content-Security-Policy"]
    assert "unsafe" not in policy["Content-Security-Policy"]


def test_the_owners_own_page_follows_or_is_linked_from_a_frame() -> None:
    goal = "https://shop.example.com/thanks?a=1"
    connector = form(settings(redirect=goal))
    away = asked(connector, post(body()))
    framed = asked(connector, post(body(_embed="1")))
    assert (away.status, away.headers["Location"], away.store) == (303, goal, True)
    assert (framed.status, framed.store) == (200, True)
    assert f'href="{goal}" target="_top"' in framed.body.decode()


def test_a_page_of_ones_own_asks_and_sends_by_script() -> None:
    connector = form(asks_more())
    told = asked(connector, look(query={"json": ""}, origin=SHOP))
    questions = json.loads(told.body)
    assert told.headers["Access-Control-Allow-Origin"] == SHOP
    assert [field["key"] for field in questions["fields"]][:3] == ["name", "email", "phone"]
    said = {**FILLED_IN, "_token": questions["_token"], "_consent": questions["_consent"], "newsletter": True}
    later = form(asks_more(), after=timedelta(seconds=9))
    sent = asked(later, post(json.dumps(said).encode(), content_type="application/json", origin=SHOP))
    assert (sent.status, sent.store) == (200, True)
    assert json.loads(sent.body)["taken"] is True
    wrong = asked(later, post(json.dumps({**said, "email": "x"}).encode(), content_type="application/json"))
    assert (wrong.status, wrong.store) == (422, False)
    assert json.loads(wrong.body)["problems"].keys() == {"email"}


def test_the_browsers_question_before_is_answered_for_allowed_websites() -> None:
    answer = asked(form(), look(method="OPTIONS", origin="https://www.example.org"))
    assert (answer.status, answer.store) == (204, False)
    assert answer.headers["Access-Control-Allow-Origin"] == "https://www.example.org"
    assert answer.headers["Access-Control-Allow-Headers"] == "Content-Type"


def test_the_script_is_the_same_for_all_and_may_be_kept() -> None:
    script = asked(form(), look(query={"script": ""}))
    assert script.content_type.startswith("text/javascript")
    assert "createElement" in script.body.decode()
    assert "max-age" in script.headers["Cache-Control"]


async def test_the_wizard_shows_the_line_to_copy() -> None:
    steps = await form().setup()
    assert "?script" in form().embed()
    assert "?embed" in steps[-1].help
    assert [step.done for step in steps] == [True, None]
