"""Which mails a mail refers to, and its bare subject."""

import pytest

from connectors._lib.mail_headers import Headers
from connectors._lib.mail_threads import base_subject, looks_like_reply, references, shown_reply_subject


def test_references_are_nearest_first_and_each_once() -> None:
    headers = Headers.of([("In-Reply-To", "<c@x>"), ("References", "<a@x> <b@x>\r\n <c@x>")])
    assert references(headers) == ("c@x", "b@x", "a@x")


def test_a_mail_that_answers_nothing_refers_to_nothing() -> None:
    assert references(Headers.of([("Subject", "x")])) == ()


@pytest.mark.parametrize(
    ("subject", "base", "reply"),
    [
        ("Order 17", "order 17", False),
        ("Re: Order 17", "order 17", True),
        ("RE: AW: Re[2]: Order  17", "order 17", True),
        ("[list] Re: [list] Order 17", "order 17", True),
        ("Fwd: Order 17", "order 17", False),
        ("Odp: Zamówienie", "zamówienie", True),
        ("답장: 주문", "주문", True),
        ("回复：订单", "订单", True),
        ("Отв: Заказ", "заказ", True),
        ("Regarding: x", "regarding: x", False),
        ("[only a tag]", "[only a tag]", False),
        ("", "", False),
    ],
)
def test_the_bare_subject_in_many_languages(subject: str, base: str, reply: bool) -> None:
    assert (base_subject(subject), looks_like_reply(subject)) == (base, reply)


@pytest.mark.parametrize(
    ("subject", "answer"),
    [
        ("Order", "Re: Order"),
        ("Re: Order", "Re: Order"),
        ("AW: RE: Order", "Re: Order"),
        ("Fwd: Order", "Re: Fwd: Order"),
        ("", "Re:"),
    ],
)
def test_an_answer_carries_one_mark(subject: str, answer: str) -> None:
    assert shown_reply_subject(subject) == answer
