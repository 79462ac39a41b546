"""The made-up people of the demo: its agents, its teams, and customers with names of three languages."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from hub.domain.user import Role

SHOP = "Halden Outdoor"
DOMAIN = "halden.example"
"""Names under .example belong to nobody: RFC 2606."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """Somebody who works in the shop."""

    key: str
    name: str
    role: Role
    team: str
    languages: tuple[str, ...]

    @property
    def email(self) -> str:
        """The address they log in with."""
        return f"{self.key}@{DOMAIN}"


ORDERS, WORKSHOP = "Orders and delivery", "Products and workshop"
AGENTS = (
    Agent(key="sofia", name="Sofia Berg", role=Role.manager, team=ORDERS, languages=("en",)),
    Agent(key="jonas", name="Jonas Keller", role=Role.agent, team=WORKSHOP, languages=("en",)),
    Agent(key="mateusz", name="Mateusz Nowak", role=Role.agent, team=WORKSHOP, languages=("pl", "en")),
    Agent(key="minji", name="Minji Han", role=Role.agent, team=ORDERS, languages=("ko", "en")),
)
TEAM_OF_TAG = {"product": WORKSHOP, "workshop": WORKSHOP, "damaged": WORKSHOP, "feedback": WORKSHOP}


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """A person or firm that writes to the shop."""

    number: int
    name: str
    email: str
    language: str

    @property
    def first(self) -> str:
        """How a letter to them begins; Korean names are used whole."""
        return f"{self.name}님" if self.language == "ko" else self.name.split()[0].removesuffix(".")


_FIRST = {
    "en": "Alice Ben Chloe Daniel Esther Fiona George Harriet Ian Julia Kofi Laura Miriam Nathan Olivia Peter Quentin "
    "Rosa Stefan Theresa Uma Victor Wendy Xavier Yusuf Zara Anders Birgit Carlos Deepa Emeka Franziska Gareth Helena",
    "pl": "Agnieszka Bartosz Celina Dariusz Ewa Filip Grażyna Hubert Iwona Jakub Katarzyna Łukasz Małgorzata Natalia "
    "Oskar Patryk Róża Sławomir Teresa Urszula Wojciech Zuzanna Żaneta Bożena",
}
_LAST = {
    "en": "Anderson Baker Clarke Dawson Ellis Fischer Greene Hughes Iversen Jansen Khan Larsen Murphy Novak O'Connor "
    "Petersen Quinn Rossi Schneider Thompson Ueda Virtanen Walsh Young Zimmermann Moreau Silva Adeyemi Park-Jones",
    "pl": "Nowak Kowalski Wójcik Kamińska Lewandowski Zielińska Szymański Woźniak Kozłowska Mazur Krawczyk Piotrowska "
    "Grabowski Pawłowska Michalski Król Wieczorek Jabłońska Wróbel Stępień",
}
_KOREAN = (
    "김민준 kim.minjun|이서윤 lee.seoyun|박도윤 park.doyun|최지우 choi.jiwoo|정하은 jung.haeun|강시우 kang.siwoo|"
    "조수아 cho.sua|윤지호 yoon.jiho|장예린 jang.yerin|임현우 lim.hyunwoo|한소율 han.soyul|오준서 oh.junseo|"
    "서다은 seo.daeun|신유진 shin.yujin|권태양 kwon.taeyang|황보라 hwang.bora|안재현 ahn.jaehyun|송미래 song.mirae|"
    "류한결 ryu.hangyeol|홍은채 hong.eunchae|전우진 jeon.woojin|고나연 ko.nayeon|문성민 moon.sungmin|"
    "남궁민서 namgung.minseo|백승호 baek.seungho|노윤아 noh.yuna|하진우 ha.jinwoo|배수빈 bae.subin"
)
_DOMAINS = {
    "en": ("post.example", "mailbox.example", "inbox.example"),
    "ko": ("uri.example",),
    "pl": ("poczta.example", "listy.example"),
}


def names(language: str, chance: Random) -> Iterator[tuple[str, str]]:
    """Yield names nobody else of the language has, each with the local part of a mail address."""
    if language == "ko":
        known = [(name, local) for name, local in (pair.split(" ") for pair in _KOREAN.split("|"))]
        chance.shuffle(known)
        yield from known
    else:
        pairs = [(f, last) for f in _FIRST[language].split() for last in _LAST[language].split()]
        chance.shuffle(pairs)
        for first, last in pairs:
            name = f"{first} {_fitting(first, last) if language == 'pl' else last}"
            yield name, local_part(name)


def address(local: str, language: str, number: int) -> str:
    """Return a customer's mail address."""
    domains = _DOMAINS[language]
    return f"{local}@{domains[number % len(domains)]}"


def local_part(name: str) -> str:
    """Return what a name looks like in front of an @."""
    plain = unicodedata.normalize("NFKD", name.translate(str.maketrans("łŁøØ", "lLoO"))).encode("ascii", "ignore")
    return re.sub(r"[^a-z0-9]+", ".", plain.decode().lower()).strip(".")


def _fitting(first: str, last: str) -> str:
    """Return a Polish surname in the form that goes with the first name."""
    woman = first.endswith("a")
    for his, hers in (("ski", "ska"), ("cki", "cka")):
        if last.endswith((his, hers)):
            return last[: -len(his)] + (hers if woman else his)
    return last.removesuffix("a") + ("a" if woman and last.endswith("ńska") else "") if last.endswith("ńska") else last
