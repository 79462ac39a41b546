"""The templates the demo's shop had approved, on channels whose providers keep such."""

from collections.abc import Sequence

from hub.domain.template import Template, TemplateButton, TemplateField, TemplateState

_READY = {
    "en": ("Hello {{1}}, your order {{2}} is ready. You can fetch it until {{3}}.", "name", "order", "day"),
    "pl": ("Dzień dobry {{1}}, zamówienie {{2}} jest gotowe. Czeka w sklepie do {{3}}.", "imię", "zamówienie", "dzień"),
    "ko": ("{{1}}님, 주문 {{2}} 상품이 준비되었습니다. {{3}}까지 찾아가실 수 있습니다.", "이름", "주문", "날짜"),
}
_EXAMPLES = ("Ann", "HO-20714", "Friday")


def templates() -> Sequence[Template]:
    """Return templates of every sort: plain ones in three languages, one with a picture, one that is paused."""
    return (
        *(_ready(language) for language in _READY),
        Template(
            key="new_season/en",
            name="new_season",
            language="en",
            category="marketing",
            body="{{1}}, the new season has arrived at Halden Outdoor.",
            footer="Answer STOP to hear no more of this.",
            buttons=(TemplateButton(label="Have a look", kind="link", target="https://halden.example/new"),),
            fields=(
                TemplateField(key="header.media", title="Picture", kind="image"),
                TemplateField(key="1", title="name", example="Ann", max_length=60),
            ),
        ),
        Template(
            key="still_there/en",
            name="still_there",
            language="en",
            category="utility",
            body="We have not heard from you for a while. May we still help?",
            buttons=(TemplateButton(label="Yes", kind="reply"), TemplateButton(label="No, thanks", kind="reply")),
        ),
        Template(
            key="flash_sale/en",
            name="flash_sale",
            language="en",
            category="marketing",
            state=TemplateState.paused,
            reason="Too many customers complained about it.",
            body="Only today: everything for your tent at half the price!",
        ),
    )


def _ready(language: str) -> Template:
    body, *titles = _READY[language]
    fields = (
        TemplateField(key=str(number), title=title, example=example, max_length=60)
        for number, (title, example) in enumerate(zip(titles, _EXAMPLES, strict=True), start=1)
    )
    return Template(
        key=f"order_ready/{language}",
        name="order_ready",
        language=language,
        category="utility",
        header="Halden Outdoor",
        body=body,
        fields=tuple(fields),
    )
