"""Who is who: ids, numbers, and where an answer goes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.whatsapp.people import Person, addressee, group_thread, international, person
from connectors.whatsapp.wire import Contact
from hub.domain.ids import ExternalId

PHONES = st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True)
USER_IDS = st.from_regex(r"[A-Z]{2}\.[A-Za-z0-9]{10,60}", fullmatch=True)


@given(phone=PHONES | st.just(""), user_id=USER_IDS)
def test_an_answer_reaches_who_wrote(phone: str, user_id: str) -> None:
    who = Person(user_id=user_id, phone=phone)
    found = addressee(who.thread, who.address.value)
    assert found == {"recipient_type": "individual", "recipient": user_id}
    assert len(list(who.learned)) == len(who.other_threads) == (1 if phone else 0)


@given(phone=PHONES)
def test_who_is_known_by_number_only_is_written_to_by_number(phone: str) -> None:
    who = Person(phone=phone)
    assert addressee(who.thread, who.address.value) == {"recipient_type": "individual", "to": phone[1:]}


@given(group=st.text("ABCabc019_-=", min_size=1, max_size=60))
def test_a_group_is_written_to_as_a_group(group: str) -> None:
    assert addressee(group_thread(group), "") == {"recipient_type": "group", "to": group}


@pytest.mark.parametrize("foreign", ["", "x", "mail@example.com", "<id@host>", "12:34", "v-anonymous", "U.1", "USA.1"])
def test_an_id_of_another_channel_is_nobody(foreign: str) -> None:
    assert addressee(ExternalId(foreign), foreign) is None


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("48500100200", "+48500100200"),
        ("+1 (555) 010-0200", "+15550100200"),
        ("", ""),
        ("123", ""),
        ("<WHATSAPP_USER_PHONE_NUMBER>", ""),
        ("٤٨٥٠٠١٠٠", ""),
        ("1" * 30, ""),
    ],
)
def test_a_number_is_written_with_its_plus(written: str, number: str) -> None:
    assert international(written) == number


def test_of_several_contacts_the_right_one_gives_the_name() -> None:
    anna = Contact.model_validate({"wa_id": "48500100200", "user_id": "PL.1", "profile": {"name": "Anna"}})
    ben = Contact.model_validate({"wa_id": "48500100201", "user_id": "PL.2", "profile": {"name": "Ben"}})
    by_number, by_id = person((anna, ben), "48500100201", ""), person((anna, ben), "", "PL.1")
    assert by_number == Person(user_id="PL.2", phone="+48500100201", name="Ben")
    assert by_id == Person(user_id="PL.1", phone="+48500100200", name="Anna")
    assert person((anna, ben), "48500100999", "") == Person(phone="+48500100999")
    assert person((anna, ben), "", "") is None
