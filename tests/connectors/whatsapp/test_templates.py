"""Templates as WhatsApp lists them, and filled in as its API wants them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import aiohttp
import pytest

from connectors.whatsapp.templates import read_template, render_template
from hub.contract import CredentialsRefused, OutboundAttachment
from hub.domain.template import Template, TemplateState, TemplateUse, check_template, preview
from tests.connectors._lib.fake_graph import Call, FakeGraph
from tests.connectors.conformance.kit import attachment, outbound
from tests.connectors.whatsapp.numbers import ACCOUNT_ID, ANNA, NUMBER_ID, messages, whatsapp

BODY = {"type": "BODY", "text": "Hi {{1}}, parcel {{2}} is here.", "example": {"body_text": [["Anna", "12"]]}}


def listed(*components: Mapping[str, object], **more: object) -> dict[str, Any]:
    known = {"name": "parcel", "language": "en_US", "status": "APPROVED", "category": "UTILITY"}
    return {**known, "components": list(components), **more}


def use(template: Template, values: Mapping[str, str]) -> TemplateUse:
    check_template(template, values, ())
    return TemplateUse(key=template.key, name=template.name, language=template.language, values=values)


def components(rendered: Mapping[str, Any]) -> list[Any]:
    found = rendered["template"].get("components", [])
    assert isinstance(found, list)
    return found


def test_values_by_position() -> None:
    template = read_template(listed(BODY, {"type": "FOOTER", "text": "Halden Shop"}))
    assert [(f.key, f.title, f.example) for f in template.fields] == [
        ("body.1", "Text 1", "Anna"),
        ("body.2", "Text 2", "12"),
    ]
    values = {"body.2": "77", "body.1": "Bo"}
    assert preview(template, values) == "Hi Bo, parcel 77 is here.\n\nHalden Shop"
    assert render_template(use(template, values)) == {
        "type": "template",
        "template": {
            "name": "parcel",
            "language": {"code": "en_US"},
            "components": [
                {"type": "body", "parameters": [{"type": "text", "text": "Bo"}, {"type": "text", "text": "77"}]}
            ],
        },
    }


def test_values_by_name() -> None:
    named = [{"param_name": "first_name", "example": "Anna"}]
    body = {"type": "BODY", "text": "Hi {{first_name}}!", "example": {"body_text_named_params": named}}
    template = read_template(listed(body, parameter_format="NAMED"))
    assert [(f.key, f.title, f.example) for f in template.fields] == [("body.first_name", "first name", "Anna")]
    assert components(render_template(use(template, {"body.first_name": "Bo"}))) == [
        {"type": "body", "parameters": [{"type": "text", "parameter_name": "first_name", "text": "Bo"}]}
    ]


def test_a_value_in_the_header_the_end_of_a_link_and_a_code_to_copy() -> None:
    header = {"type": "HEADER", "format": "TEXT", "text": "Order {{1}}", "example": {"header_text": ["A-1"]}}
    buttons = [
        {"type": "QUICK_REPLY", "text": "Thanks"},
        {"type": "URL", "text": "Track", "url": "https://example.com/t/{{1}}", "example": ["https://example.com/t/9"]},
        {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+15550100200"},
        {"type": "COPY_CODE", "text": "Copy", "example": "SAVE10"},
        {"type": "URL", "text": "Home", "url": "https://example.com"},
    ]
    template = read_template(listed(header, {"type": "BODY", "text": "Hi"}, {"type": "BUTTONS", "buttons": buttons}))
    assert [field.key for field in template.fields] == ["header.1", "button.1.url", "button.3.code"]
    assert [(b.kind, b.target) for b in template.buttons] == [
        ("reply", ""),
        ("link", "https://example.com/t/{{button.1.url}}"),
        ("phone", "+15550100200"),
        ("code", ""),
        ("link", "https://example.com"),
    ]
    values = {"button.3.code": "X9", "header.1": "A-7", "button.1.url": "44"}
    assert components(render_template(use(template, values))) == [
        {"type": "header", "parameters": [{"type": "text", "text": "A-7"}]},
        {"type": "button", "sub_type": "url", "index": "1", "parameters": [{"type": "text", "text": "44"}]},
        {
            "type": "button",
            "sub_type": "copy_code",
            "index": "3",
            "parameters": [{"type": "coupon_code", "coupon_code": "X9"}],
        },
    ]


def test_a_one_time_code_is_asked_for_once() -> None:
    buttons = [{"type": "URL", "text": "Copy code", "url": "https://www.whatsapp.com/otp/code/?code=otp{{1}}"}]
    body = {"type": "BODY", "text": "{{1}} is your code."}
    template = read_template(listed(body, {"type": "BUTTONS", "buttons": buttons}, category="AUTHENTICATION"))
    assert [field.key for field in template.fields] == ["otp.0"]
    assert preview(template, {"otp.0": "4711"}) == "4711 is your code."
    code = [{"type": "text", "text": "4711"}]
    assert components(render_template(use(template, {"otp.0": "4711"}))) == [
        {"type": "body", "parameters": code},
        {"type": "button", "sub_type": "url", "index": "0", "parameters": code},
    ]


def test_a_place_in_the_header() -> None:
    template = read_template(listed({"type": "HEADER", "format": "LOCATION"}, {"type": "BODY", "text": "Here"}))
    (field,) = template.fields
    assert (field.key, field.kind) == ("header.location", "location")
    place = {"type": "location", "location": {"latitude": "52.5", "longitude": "13.4"}}
    rendered = render_template(use(template, {"header.location": "52.5, 13.4"}))
    assert components(rendered) == [{"type": "header", "parameters": [place]}]


@pytest.mark.parametrize(
    ("told", "state", "reason"),
    [
        ({"status": "APPROVED"}, TemplateState.approved, ""),
        ({"status": "PENDING"}, TemplateState.pending, ""),
        ({"status": "IN_APPEAL"}, TemplateState.pending, ""),
        ({"status": "PAUSED"}, TemplateState.paused, "after complaints"),
        ({"status": "DISABLED"}, TemplateState.rejected, "after complaints"),
        ({"status": "REJECTED", "rejected_reason": "INVALID_FORMAT"}, TemplateState.rejected, "invalid format"),
        ({"status": "REJECTED", "rejected_reason": "NONE"}, TemplateState.rejected, ""),
        ({"status": "SOMETHING_NEW"}, TemplateState.rejected, ""),
        ({}, TemplateState.rejected, ""),
    ],
)
def test_the_state_and_its_reason(told: Mapping[str, str], state: TemplateState, reason: str) -> None:
    template = read_template({"name": "a", "language": "pl", "components": [BODY], **told})
    assert template.state is state
    assert reason in template.reason


@pytest.mark.parametrize(
    "component",
    [{"type": "CAROUSEL", "cards": []}, {"type": "BUTTONS", "buttons": [{"type": "MPM", "text": "View items"}]}],
)
def test_what_cannot_be_filled_in_here_says_so(component: Mapping[str, object]) -> None:
    template = read_template(listed(BODY, component))
    assert template.state is TemplateState.paused
    assert "cannot be filled in here" in template.reason


@pytest.mark.parametrize("junk", [{}, {"components": None}, {"components": ["x", {"type": 1, "text": None}]}])
def test_junk_is_a_template_that_cannot_be_sent(junk: Mapping[str, Any]) -> None:
    assert read_template(junk).state is TemplateState.rejected


# -- on the wire


async def test_all_pages_are_read(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    def page(call: Call) -> Mapping[str, object]:
        number = int(call.query.get("after", "0"))
        paging = {"cursors": {"after": str(number + 1)}, **({"next": "https://graph"} if number < 2 else {})}
        return {"data": [listed(BODY, name=f"t{number}")], "paging": paging}

    graph.answer("GET", f"{ACCOUNT_ID}/message_templates", page)
    found = await whatsapp(graph, http).templates()
    assert [template.key for template in found] == ["t0/en_US", "t1/en_US", "t2/en_US"]


async def test_templates_that_may_not_be_read_are_said_as_such(graph: FakeGraph, http: aiohttp.ClientSession) -> None:
    graph.fail("message_templates", code=200)
    with pytest.raises(CredentialsRefused, match="permission"):
        await whatsapp(graph, http).templates()


@pytest.mark.parametrize(
    ("wanted", "file", "kind"),
    [
        ("IMAGE", attachment("a.png", b"x", "image/png"), "image"),
        ("DOCUMENT", attachment("a.png", b"x", "image/png"), "document"),
        ("DOCUMENT", attachment("a.pdf", b"x", "application/pdf"), "document"),
        ("VIDEO", attachment("a.mp4", b"x", "video/mp4"), "video"),
    ],
)
async def test_a_file_goes_into_the_header_as_the_template_wants_it(
    graph: FakeGraph, http: aiohttp.ClientSession, wanted: str, file: OutboundAttachment, kind: str
) -> None:
    found = listed({"type": "HEADER", "format": wanted}, BODY)
    graph.answer("GET", f"{ACCOUNT_ID}/message_templates", {"data": [found]})
    template = read_template(found)
    assert template.fields[0].key == "header.media"
    filled = TemplateUse(key=template.key, name="parcel", language="en_US", values={"body.1": "Bo", "body.2": "7"})
    message = replace(outbound(ANNA, "Hi Bo, parcel 7 is here.", attachments=(file,)), template=filled)
    receipt = await whatsapp(graph, http).send(message)
    (body,) = messages(graph)
    (parameter,) = components(body)[0]["parameters"]
    assert receipt.external_id == "wamid.OUT1"
    assert parameter["type"] == kind
    assert parameter[kind]["id"] == "up-1"
    assert len(graph.made("POST", f"{NUMBER_ID}/media")) == 1
