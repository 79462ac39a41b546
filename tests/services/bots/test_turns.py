"""A bot on a channel: greets once, learns, hands over; a human's word silences it; what fails ends with a human."""

from dataclasses import replace
from typing import Any

from hub.domain.botflow.flow import (
    AnswerKind,
    Case,
    Comparison,
    Condition,
    Faq,
    Fill,
    Finish,
    Hand,
    Hours,
    Http,
    Op,
    Other,
    Take,
)
from hub.domain.botflow.records import After, Begins, People, When
from hub.domain.botflow.speaking import Speaker
from hub.domain.channel import ButtonForm, ButtonRule
from hub.domain.conversation import ConversationState
from hub.domain.errors import Invalid
from hub.domain.ids import ChannelId, ExternalId
from hub.domain.interaction import AuthorKind, ContentKind, InteractionKind
from hub.domain.views import InteractionView
from hub.ports.bots import KnowledgeAnswer
from hub.runtime.bots_worker import Forgotten
from hub.runtime.lookups import Found
from hub.services import conversations
from hub.services.bots.means import Sender
from hub.services.conversations import Edit
from hub.services.ids import new_id
from tests.domain.botflow.flows import message, options, question
from tests.scripted import says
from tests.services.bots.bothub import BotHub


async def test_a_customer_is_greeted_asked_and_handed_over_with_all_that_was_learned(bots: BotHub) -> None:
    team = await bots.team()
    await bots.greeter(
        message("hello", "name", en="Hello!"),
        question("name", AnswerKind.name, "topic", contact_field="name"),
        question("topic", AnswerKind.choice, options=options("Sales", "Support"), exits={"next": "phone"}),
        question("phone", AnswerKind.phone, "tag", contact_field="phone"),
        Fill(id="tag", fields={"source": "bot", "topic": "{{ topic_label }}"}, tags=("lead",), exits={"next": "bye"}),
        Hand(id="bye", text={"en": "Thank you, {{ name }}!"}, team_id=team),
    )
    row = await bots.hears("Hi")
    assert await bots.said() == ["Hello!", "name?"]
    await bots.hears("my name is Kim Minjun")
    assert (await bots.said())[-1] == "topic?\n1. Sales\n2. Support"
    await bots.hears("1")
    row = await bots.hears("+48 601 234 567")
    assert (await bots.said())[-1] == "Thank you, Kim Minjun!"
    assert (row.contact_name, row.team_id, row.tags) == ("Kim Minjun", team, ("lead",))
    (note,) = await bots.notes()
    assert "• topic? Sales" in note
    assert "• phone? +48601234567" in note
    contact = await bots.place.hub.storage.queries.contact(row.contact_id)
    assert contact is not None
    assert dict(contact.fields)["topic"] == "Sales"
    lock = await bots.lock(row.id)
    assert (lock.speaker, (await bots.run(row.id)).end) == (Speaker.human, "handed_over")


def buttons_of(entry: InteractionView) -> list[tuple[str, str]]:
    listed = entry.data["buttons"]
    assert isinstance(listed, list)
    return [(one["label"], one["data"]) for one in listed]


async def test_choices_go_out_as_buttons_and_a_press_is_the_answer(bots: BotHub) -> None:
    bots.able(buttons=(ButtonRule(form=ButtonForm.inline, max_count=3, label_limit=20),))
    await bots.greeter(
        question("topic", AnswerKind.choice, "more", options=options("Sales", "Support")),
        question("more", AnswerKind.choice, "end", options=options("New", "Old")),
        Finish(id="end", text={"en": "Done."}),
    )
    row = await bots.hears("Hi")
    asked = (await bots.place.hub.thread(row.id))[-1]
    assert asked.text == "topic?"
    first = dict(buttons_of(asked))["Support"]
    press: dict[str, Any] = {
        "content": ContentKind.button,
        "data": {"label": "Support", "data": first},
        "opens_wait": False,
    }
    await bots.hears("Support", **press)
    assert [one.answer for one in (await bots.run(row.id)).position.given] == ["Support"]
    await bots.hears("Support", **press)
    assert await bots.said() == ["topic?", "more?"]
    again = dict(buttons_of((await bots.place.hub.thread(row.id))[-2]))["New"]
    data = {"label": "New", "data": again}
    last: dict[str, Any] = {"content": ContentKind.button, "data": data, "opens_wait": False}
    await bots.hears("New", **last)
    await bots.hears("New", **last)
    assert await bots.said() == ["topic?", "more?", "Done."]


async def test_several_messages_at_once_get_one_greeting(bots: BotHub) -> None:
    await bots.greeter(message("hello", "ask"), question("ask"))
    row = await bots.hears("Hi", "I want", "to order", "a tent", "please")
    assert await bots.said() == ["hello", "ask?"]
    assert (await bots.run(row.id)).position.last_said == "Hi\nI want\nto order\na tent\nplease"


async def test_what_a_message_wakes_is_read_once(bots: BotHub) -> None:
    await bots.greeter(message("hello", "ask"), question("ask"))
    event = says("Hi", at=bots.place.hub.clock.now())
    await bots.place.hub.hears(event)
    await bots.place.hub.hears(event)
    await bots.turns()
    await bots.turns()
    assert await bots.said() == ["hello", "ask?"]


async def test_a_humans_reply_takes_the_word_at_once_and_calls_back_what_was_queued(bots: BotHub) -> None:
    await bots.greeter(message("hello", "ask"), question("ask", next="bye"), Hand(id="bye"))
    row = await bots.hears("Hi")
    await bots.place.reply(row.id, "Ann here.")
    await bots.hears("a tent")
    assert await bots.said() == ["hello", "ask?"]
    assert [due.interaction.text for due in await bots.place.claim()] == ["Ann here."]
    assert (await bots.lock(row.id)).speaker is Speaker.human
    assert (await bots.run(row.id)).end == "taken"


async def test_a_word_in_the_providers_own_app_takes_it_too(bots: BotHub) -> None:
    await bots.greeter(message("hello", "ask"), question("ask", next="bye"), Hand(id="bye"))
    row = await bots.hears("Hi")
    await bots.hears("I am on it", turns=False, author=AuthorKind.agent)
    await bots.hears("a tent")
    assert await bots.said() == ["hello", "ask?"]
    assert (await bots.lock(row.id)).speaker is Speaker.human


async def test_after_a_human_the_bot_waits_until_the_conversation_was_resolved(bots: BotHub) -> None:
    key = await bots.flow(message("hello", "ask"), question("ask"))
    await bots.rule(key, after_human=After.resolved)
    row = await bots.hears("Hi")
    await bots.place.reply(row.id)
    await bots.hears("thanks", "one more thing")
    assert await bots.said() == ["hello", "ask?"]
    async with bots.place.hub.storage.begin() as uow:
        await conversations.change(
            uow, row.id, Edit(state=ConversationState.resolved), by=None, now=bots.place.hub.clock.now()
        )
    await bots.hears("Hi again")
    assert await bots.said() == ["hello", "ask?", "hello", "ask?"]


async def test_a_rule_may_keep_the_bot_away_for_good_after_a_human(bots: BotHub) -> None:
    await bots.greeter(message("hello", "ask"), question("ask"), after_human=After.never)
    row = await bots.hears("Hi")
    await bots.place.reply(row.id)
    async with bots.place.hub.storage.begin() as uow:
        await conversations.change(
            uow, row.id, Edit(state=ConversationState.resolved), by=None, now=bots.place.hub.clock.now()
        )
    await bots.hears("Hi again")
    assert await bots.said() == ["hello", "ask?"]


async def test_a_bot_does_not_join_a_conversation_under_way_unless_its_rule_says_so(bots: BotHub) -> None:
    await bots.hears("Hi")
    key = await bots.flow(message("hello", "ask"), question("ask"))
    rule = await bots.rule(key)
    await bots.hears("Anybody?")
    assert await bots.said() == []
    async with bots.place.hub.storage.begin() as uow:
        await uow.bots.save_rule(replace(rule, begins=Begins.waiting))
    await bots.hears("Hello??")
    assert await bots.said() == ["hello", "ask?"]


async def test_rules_go_by_hours_and_by_whether_people_are_new(bots: BotHub) -> None:
    async def closed(*_about: object) -> bool:
        return False

    bots.with_means(opened=closed)
    await bots.rule(await bots.flow(message("open", "q"), question("q"), name="a"), hours=When.open)
    await bots.rule(await bots.flow(message("known", "q"), question("q"), name="b"), people=People.known, place=1)
    await bots.rule(await bots.flow(message("night", "q"), question("q"), name="c"), hours=When.closed, place=2)
    await bots.hears("Hi")
    assert await bots.said() == ["night", "q?"]
    await bots.hears("Hi", thread=ExternalId("another thread"))
    assert await bots.said() == ["known", "q?"]


async def test_machines_and_groups_wake_nobody(bots: BotHub) -> None:
    await bots.greeter(message("hello", "ask"), question("ask"))
    await bots.hears("Out of office", opens_wait=False)
    assert await bots.said() == []
    await bots.hears("Hi all", group=True, thread=ExternalId("group"), by="ben")
    assert await bots.said() == []


async def test_the_knowledge_base_answers_and_its_help_is_counted(bots: BotHub) -> None:
    bots.articles.answers = {"When are you open?": KnowledgeAnswer(article_id="a1", text="From nine to five.")}
    await bots.greeter(
        Faq(id="faq", exits={"helped": "bye", "not_helped": "end", "none": "end"}),
        Finish(id="bye", text={"en": "Glad to help."}),
        Hand(id="end"),
    )
    row = await bots.hears("When are you open?")
    assert await bots.said() == ["From nine to five.\n\nDid this help?\n1. Yes\n2. No"]
    assert bots.articles.asked[0][1].conversation_id == row.id
    await bots.hears("yes!")
    assert bots.articles.verdicts == [("a1", True)]
    assert (await bots.said())[-1] == "Glad to help."
    assert (await bots.lock(row.id)).speaker is Speaker.nobody


async def test_a_mere_thank_you_after_the_goodbye_gets_no_second_greeting(bots: BotHub) -> None:
    await bots.greeter(question("ask", next="bye"), Finish(id="bye", text={"en": "Bye."}))
    row = await bots.hears("Hi")
    await bots.hears("a tent")
    async with bots.place.hub.storage.begin() as uow:
        edit = Edit(state=ConversationState.resolved)
        await conversations.change(uow, row.id, edit, by=None, now=bots.place.hub.clock.now())
    row = await bots.hears("Thank you very much! 🙏")
    assert (await bots.said(), row.state) == (["ask?", "Bye."], ConversationState.resolved)
    await bots.hears("One more question")
    assert await bots.said() == ["ask?", "Bye.", "ask?"]


async def test_a_knowledge_base_that_fails_leads_to_a_human(bots: BotHub) -> None:
    bots.articles.answers = {"Why?": Invalid("The knowledge base is being rebuilt.")}
    await bots.greeter(Faq(id="faq", exits={"helped": "end", "not_helped": "end", "none": "end"}), Hand(id="end"))
    row = await bots.hears("Why?")
    assert (await bots.run(row.id)).end == "handed_over"


async def test_a_look_up_is_made_outside_the_transaction_and_told_to_the_run(bots: BotHub) -> None:
    bots.web["https://shop.example/orders/A%201"] = Found(200, {"state": "on its way"})
    steps = (
        question("order", next="look"),
        Http(
            id="look",
            url="https://shop.example/orders/{{ order }}",
            take=(Take(path="state", save_as="state"),),
            exits={"ok": "tell", "failed": "end"},
        ),
        message("tell", "end", en="Your order is {{ state }}."),
        Hand(id="end"),
    )
    await bots.greeter(*steps)
    await bots.hears("Hi")
    await bots.hears("A 1")
    assert (await bots.said())[1] == "Your order is on its way."


async def test_silence_is_reminded_and_ends_with_a_human(bots: BotHub) -> None:
    await bots.greeter(question("ask", reminder={"en": "Still there?"}, remind_after=10, timeout=30))
    row = await bots.hears("Hi")
    await bots.waits(minutes=10)
    assert await bots.said() == ["ask?", "Still there?"]
    await bots.waits(minutes=20)
    assert (await bots.lock(row.id)).speaker is Speaker.human
    assert "did not answer" in (await bots.notes())[0]


async def test_a_flow_leads_into_another_with_the_answers(bots: BotHub) -> None:
    second = await bots.flow(message("second", "end", en="{{ name }}!"), Hand(id="end"), name="Second")
    await bots.greeter(question("name", AnswerKind.name, "go"), Other(id="go", flow_id=second))
    await bots.hears("Hi")
    await bots.hears("Ann")
    assert (await bots.said())[1] == "Ann!"


async def test_flows_that_lead_into_each_other_for_ever_end_with_a_human(bots: BotHub) -> None:
    key = await bots.flow(message("hello"), name="Round")
    graph = {"languages": ["en"], "start": "go", "steps": [{"kind": "flow", "id": "go", "flow_id": str(key)}]}
    async with bots.place.hub.storage.begin() as uow:
        version = await uow.bots.version(key, 1)
        assert version is not None
        await uow.bots.add_version(replace(version, number=2, graph=graph))
        stored = await uow.bots.flow(key)
        assert stored is not None
        await uow.bots.update_flow(replace(stored, published=2))
    await bots.rule(key)
    row = await bots.hears("Hi")
    assert (await bots.run(row.id)).reason == "loop"


async def test_a_flow_that_says_too_much_for_its_channel_ends_with_a_human_who_is_told(bots: BotHub) -> None:
    await bots.greeter(message("hello", "ask", en="x" * 200), question("ask"))
    row = await bots.hears("Hi")
    assert await bots.said() == []
    assert "too long" in (await bots.notes())[0]
    assert (await bots.lock(row.id)).speaker is Speaker.human


async def test_a_turn_that_breaks_off_opens_that_conversation_and_harms_no_other(bots: BotHub) -> None:
    await bots.greeter(Hours(id="h", exits={"open": "ask", "closed": "ask"}), question("ask"))
    broken = await bots.hears("Hi", by="ben", turns=False)

    async def opened(_uow: object, conversation: object, _calendar: str) -> bool:
        if getattr(conversation, "id", None) == broken.id:
            raise ZeroDivisionError("a calendar nobody expected")
        return True

    bots.with_means(opened=opened)
    row = await bots.hears("Hi", by="cleo")
    assert (await bots.lock(broken.id)).speaker is Speaker.human
    assert (await bots.lock(row.id)).speaker is Speaker.bot


async def test_what_even_a_human_cannot_be_given_stops_no_other(bots: BotHub) -> None:
    await bots.greeter(message("hello", "ask"), question("ask"))
    broken = await bots.hears("Hi", by="ben", turns=False)
    sender = bots.means.sender

    def breaking(channel_id: ChannelId) -> Sender | None:
        if not bots.broken:
            return sender(channel_id)
        raise ZeroDivisionError("a registry nobody expected")

    bots.with_means(sender=breaking)
    bots.broken = True
    await bots.turns()
    bots.broken = False
    row = await bots.hears("Hi", by="cleo")
    assert (await bots.lock(row.id)).speaker is Speaker.bot
    await bots.waits(minutes=2)
    assert (await bots.lock(broken.id)).speaker is Speaker.bot


async def test_what_no_bot_reads_in_time_goes_to_humans(bots: BotHub) -> None:
    await bots.greeter(message("hello", "ask"), question("ask"))
    row = await bots.hears("Hi", turns=False)
    forgotten, clock = Forgotten(bots.means), bots.place.hub.clock
    assert await forgotten.open(clock.now()) == 0
    clock.forward(seconds=30)
    assert [await forgotten.open(clock.now()), await forgotten.open(clock.now())] == [0, 1]
    assert (await bots.lock(row.id)).speaker is Speaker.human
    await bots.turns()
    assert await bots.said() == []


async def test_steps_are_counted(bots: BotHub) -> None:
    key = await bots.greeter(message("hello", "ask"), question("ask", next="end"), Hand(id="end"))
    await bots.hears("Hi", by="ann")
    await bots.hears("Hi", by="ben")
    await bots.hears("a tent", by="ann")
    async with bots.place.hub.storage.read() as uow:
        counts = {one.step: (one.entered, one.left, one.handed_over) for one in await uow.bots.counts(key, 1)}
    assert counts == {"hello": (2, 2, 0), "ask": (2, 1, 0), "end": (1, 0, 1)}


async def test_the_hand_over_is_an_entry_of_the_thread(bots: BotHub) -> None:
    await bots.greeter(message("hello", "end"), Hand(id="end"))
    row = await bots.hears("Hi")
    events = [entry for entry in await bots.place.hub.thread(row.id) if entry.kind is InteractionKind.event]
    assert [(entry.data["event"], entry.data["bot"]) for entry in events] == [("handed_over", "Greeter")]


async def test_conditions_see_the_contact_and_the_channel(bots: BotHub) -> None:
    test = Comparison(field="channel.kind", op=Op.equal, value="scripted")
    condition = Condition(id="c", cases=(Case(id="yes", tests=(test,)),), exits={"yes": "yes", "else": "no"})
    await bots.greeter(condition, Hand(id="yes", text={"en": "Hi {{ contact.first_name }}"}), Hand(id="no"))
    await bots.hears("Hi")
    assert await bots.said() == ["Hi Ann"]


async def test_what_the_note_says_stands_in_its_data_for_screens_in_other_languages(bots: BotHub) -> None:
    await bots.greeter(question("ask", next="end"), Hand(id="end", team_id=new_id()))
    await bots.hears("Hi")
    row = await bots.hears("a tent")
    (note,) = [one for one in await bots.place.hub.thread(row.id) if one.kind is InteractionKind.note]
    told = note.data["bot_summary"]
    assert isinstance(told, dict)
    assert (told["bot"], told["reason"], told["lost"], told["waiting"]) == ("Greeter", "flow", ["team"], 1)
    assert told["answers"] == [{"question": "ask?", "answer": "a tent"}]
