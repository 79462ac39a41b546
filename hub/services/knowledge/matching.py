"""Finds the article a question asks for, by the words it shares with an article's questions.

Words are the hub's own, as in search. A word counts by how rare it is among all articles; "how do I" counts little. An
inflected or misspelled word counts by how alike it is (Polish), and Hangul, Kana and Han count by pairs of
neighbouring characters, of which the first of a run is its stem and the last mostly an ending (Korean).
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import log

from rapidfuzz import fuzz

from hub.domain.folding import fold, is_cjk, runs
from hub.domain.knowledge import Article, ArticleId, ArticleMatch
from hub.services.knowledge.empty_words import EMPTY_ENDINGS, EMPTY_PARTICLES, EMPTY_WORDS

QUESTION_LIMIT = 2000
"""Characters of a question that are read."""
SENTENCES = 8
WORDS = 60
"""Words of a sentence that are compared."""
FORMS = 40
"""Words of articles that one word of a question may stand for."""
_STEM = 4
"""Letters two words must begin with alike to be taken for forms of one word."""
_FORM = 0.8
_TYPO = 78.0
"""Similarity (0 to 100) from which two words of five letters or more count as one spelled differently."""
_SAME_TEXT = 0.85
_EMPTY = 0.1
"""What a word of no meaning of its own counts."""
_SENTENCE = re.compile(r"[.!?。？！\n;]+")


def _weight_of_pair(run: str, place: int) -> float:
    pair = run[place : place + 2]
    if pair in EMPTY_ENDINGS or (place > 0 and place + 2 == len(run) and pair[-1] in EMPTY_PARTICLES):
        return _EMPTY
    return 1.0 if place == 0 else 0.5


def _worded(text: str) -> Mapping[str, float]:
    """Return the words of a text with what each counts by itself, the first WORDS of them."""
    found: dict[str, float] = {}
    for run in runs(text):
        if len(found) >= WORDS:
            break
        if is_cjk(run[0]):
            for place in range(max(1, len(run) - 1)):
                pair = run[place : place + 2]
                found[pair] = max(found.get(pair, 0.0), _weight_of_pair(run, place))
        else:
            found[run[:40]] = _EMPTY if run in EMPTY_WORDS else 1.0
    return found


@dataclass(frozen=True, slots=True)
class _Variant:
    article: Article
    question: str
    compact: str
    """The folded text without spaces."""
    weights: Mapping[str, float]
    """What each word counts, its rarity included."""
    total: float


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, or a sentence of it."""

    compact: str
    weights: Mapping[str, float]
    total: float
    alike: Mapping[str, Mapping[str, float]]
    """For each of its words the articles' words that are like it, and how much."""


class Index:
    """All articles made ready to be asked; immutable, so that it may be shared."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self.articles = {article.id: article for article in articles}
        self._by_topic = {(a.topic, a.language): a for a in self.articles.values() if a.topic}
        worded = [(a, question, _worded(question)) for a in self.articles.values() for question in a.questions]
        using: defaultdict[str, set[ArticleId]] = defaultdict(set)
        for article, _, words in worded:
            for word in words:
                using[_stem(word)].add(article.id)
        self._rarities = {stem: 1.0 + log((1 + len(self.articles)) / (1 + len(ids))) / 3 for stem, ids in using.items()}
        self._variants = [self._variant(*one) for one in worded]
        self._holding: defaultdict[str, list[int]] = defaultdict(list)
        for place, variant in enumerate(self._variants):
            for word in variant.weights:
                self._holding[word].append(place)
        self._beginning: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._holding:
            self._beginning[word[0]].append(word)

    def in_language(self, article: Article, language: str) -> Article:
        """Return the article's translation, or the article itself where there is none."""
        return self._by_topic.get((article.topic, language), article) if article.topic else article

    def find(
        self,
        text: str,
        *,
        language: str = "",
        tags: Collection[str] = (),
        at_least: float = 0.0,
        limit: int = 5,
        drafts: bool = False,
    ) -> Sequence[ArticleMatch]:
        """Return the articles most alike to a question, the best first, each once and in `language` if it can be.

        Between equals the one in `language` comes first. With `tags` only articles with one of them count.
        """
        wanted = {fold(tag) for tag in tags}
        best: dict[object, ArticleMatch] = {}
        for place, score in self._scores(text).items():
            variant = self._variants[place]
            article = variant.article
            if score < at_least or not (article.published or drafts):
                continue
            if wanted and wanted.isdisjoint(fold(tag) for tag in article.tags):
                continue
            key = article.topic or article.id
            known = best.get(key)
            if known is None or (score, article.language == language) > (
                known.score,
                known.article.language == language,
            ):
                shown = self._shown(article, language, drafts=drafts)
                best[key] = ArticleMatch(article=shown, question=variant.question, score=score)
        order = sorted(best.values(), key=lambda m: (-m.score, m.article.language != language, m.article.created_at))
        return order[:limit]

    def _shown(self, article: Article, language: str, *, drafts: bool) -> Article:
        translation = self.in_language(article, language)
        return translation if translation.published or drafts else article

    def _variant(self, article: Article, question: str, words: Mapping[str, float]) -> _Variant:
        weights = {word: own * self._rarity(word) for word, own in words.items()}
        return _Variant(article, question, "".join(runs(question)), weights, sum(weights.values()))

    def _rarity(self, word: str) -> float:
        # A word that no article knows says little about which one is meant, and something against each.
        return self._rarities.get(_stem(word), 0.8)

    def _scores(self, text: str) -> Mapping[int, float]:
        """Return how alike each variant is that shares a word of meaning: the best of all text and each sentence."""
        bounded = text[:QUESTION_LIMIT]
        parts = [part for part in _SENTENCE.split(bounded) if part.strip()]
        scores: dict[int, float] = {}
        for one in (bounded, *(parts[:SENTENCES] if len(parts) > 1 else ())):
            if asked := self._asked(one):
                for place in self._candidates(asked):
                    scores[place] = max(scores.get(place, 0.0), _alike(asked, self._variants[place]))
        return scores

    def _asked(self, text: str) -> _Asked | None:
        words = _worded(text)
        if not words:
            return None
        weights = {word: own * self._rarity(word) for word, own in words.items()}
        alike = {word: self._forms(word) for word in words}
        return _Asked("".join(runs(text))[:400], weights, sum(weights.values()), alike)

    def _forms(self, word: str) -> Mapping[str, float]:
        """Return the articles' words that may be forms or misspellings of a word, at most FORMS of them."""
        found = [(how, known) for known in self._beginning.get(word[0], ()) if (how := _likeness(word, known)) > 0]
        return {known: how for how, known in (nlargest(FORMS, found) if len(found) > FORMS else found)}

    def _candidates(self, asked: _Asked) -> Collection[int]:
        telling = [word for word, weight in asked.weights.items() if weight > _EMPTY * 3]
        return {place for word in telling for known in asked.alike[word] for place in self._holding[known]}


def _alike(asked: _Asked, variant: _Variant) -> float:
    met = dict.fromkeys(variant.weights, 0.0)
    asked_met = 0.0
    for word, weight in asked.weights.items():
        best = 0.0
        for known, how in asked.alike[word].items():
            if known in met:
                met[known] = max(met[known], how)
                best = max(best, how)
        asked_met += weight * best
    recall = sum(weight * met[word] for word, weight in variant.weights.items()) / variant.total
    precision = asked_met / asked.total
    same = fuzz.ratio(asked.compact, variant.compact, score_cutoff=_SAME_TEXT * 100) / 100
    # What the article asks for must be there; what the customer tells besides matters less.
    return round(float(max(recall**0.65 * precision**0.35, same)), 3)


def _stem(word: str) -> str:
    return word[:_STEM]


def _likeness(word: str, other: str) -> float:
    """Return how alike two words are, 0 to 1; below what may be the same word it is 0."""
    if word == other:
        return 1.0
    shorter, longer = sorted((len(word), len(other)))
    if shorter < _STEM or is_cjk(word[0]) or is_cjk(other[0]) or word[0] != other[0]:
        return 0.0
    if word[:_STEM] == other[:_STEM] and longer - shorter <= 4:
        return max(_FORM, fuzz.ratio(word, other) / 100)
    return fuzz.ratio(word, other, score_cutoff=_TYPO) / 100 if shorter > _STEM else 0.0
