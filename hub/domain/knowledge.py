"""The knowledge base: articles that answer what customers ask, in several languages."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType
from uuid import UUID

from hub.domain.ids import ConversationId, UserId

ArticleId = NewType("ArticleId", UUID)

QUESTIONS_LIMIT = 30
QUESTION_LIMIT = 300
ANSWER_LIMIT = 4000
TAGS_LIMIT = 20
TAG_LIMIT = 50
TOPIC_LIMIT = 60
SOURCE_LIMIT = 1000
ARTICLES_LIMIT = 5000
"""More than any company's customers ask; the index of so many is built in about a second and asked in milliseconds."""
ALIKE = 0.4
"""How alike a question and an article must be, 0 to 1, unless somebody says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One answer in one language, and the ways customers ask for it."""

    id: ArticleId
    language: str
    """Two letters, as in ISO 639-1."""
    questions: tuple[str, ...]
    """The ways to ask; the first is the article's title."""
    answer: str
    """What the customer reads: plain text."""
    tags: tuple[str, ...] = ()
    topic: str = ""
    """Articles of the same topic are translations of each other: one for each language. Empty: it has none."""
    source: str = ""
    """A link to where it is written at length."""
    published: bool = True
    """Customers and bots get it; a draft is seen by colleagues alone."""
    shown: int = 0
    """How often a customer got it as an answer."""
    helped: int = 0
    not_helped: int = 0
    created_at: datetime
    updated_at: datetime
    updated_by: UserId | None = None
    demo: bool = False

    @property
    def title(self) -> str:
        """The first way to ask for it."""
        return self.questions[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleMatch:
    """An article that may answer a question, and how well."""

    article: Article
    question: str
    """The variant that is most alike."""
    score: float
    """0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """What a customer asked a bot: what nobody could answer tells which article is missing."""

    id: UUID
    asked_at: datetime
    text: str
    """With numbers, addresses and cards taken out."""
    language: str
    article_id: ArticleId | None
    """The article given; None: nothing fitted."""
    score: float
    conversation_id: ConversationId | None
