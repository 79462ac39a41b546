"""A small shop's knowledge base in three languages."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from hub.domain.knowledge import Article, ArticleId

T = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def article(language: str, topic: str, *questions: str, **changed: Any) -> Article:
    return Article(
        id=ArticleId(uuid4()),
        language=language,
        topic=topic,
        questions=questions,
        answer=changed.pop("answer", f"{topic} in {language}"),
        created_at=T,
        updated_at=T,
        **changed,
    )


def shop() -> Sequence[Article]:
    return [
        article(
            "en", "returns", "How can I return an item?", "I want to send my order back", "What is your refund policy?"
        ),
        article("en", "delivery", "How long does delivery take?", "When will my parcel arrive?", "Where is my order?"),
        article("en", "payment", "Which payment methods do you accept?", "Can I pay by card?"),
        article("en", "hours", "What are your opening hours?", "When are you open?"),
        article("en", "invoice", "How do I get an invoice?"),
        article("en", "password", "How do I reset my password?", "I cannot log in"),
        article(
            "pl", "returns", "Jak mogę zwrócić towar?", "Jak dokonać zwrotu zamówienia?", "Jaki jest termin zwrotu?"
        ),
        article("pl", "delivery", "Ile trwa dostawa?", "Kiedy przyjdzie moja paczka?", "Gdzie jest moje zamówienie?"),
        article("pl", "payment", "Jakie są metody płatności?", "Czy mogę zapłacić kartą?"),
        article("pl", "hours", "Jakie są godziny otwarcia?", "O której otwieracie?"),
        article("pl", "invoice", "Jak otrzymać fakturę?"),
        article("pl", "password", "Jak zresetować hasło?", "Nie mogę się zalogować"),
        article("ko", "returns", "반품은 어떻게 하나요?", "환불 받고 싶어요", "교환이나 환불 규정이 궁금합니다"),
        article("ko", "delivery", "배송은 언제 오나요?", "택배가 언제 도착하나요?", "주문한 상품은 어디 있나요?"),
        article("ko", "payment", "결제 방법은 무엇이 있나요?", "카드로 결제할 수 있나요?"),
        article("ko", "hours", "영업 시간이 어떻게 되나요?", "몇 시에 문을 여나요?"),
        article("ko", "invoice", "세금계산서를 받을 수 있나요?"),
        article("ko", "password", "비밀번호를 재설정하려면 어떻게 하나요?", "로그인이 안 돼요"),
    ]
