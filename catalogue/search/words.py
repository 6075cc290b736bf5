"""From what people write to the words that are compared: folded, split, without affixes.

PostgreSQL's Indonesian stemmer takes "meja" out of "kemeja" (a table out of a
shirt). Here an affix goes only when a known root remains, so a word that the
list does not know is compared as it stands.
"""

import re
import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path

DATA = tomllib.loads(
    (Path(__file__).parents[1] / "search_data" / "words.toml").read_text(encoding="utf-8")
)
STOP = frozenset(DATA["stop"])
GENERAL = frozenset(DATA["general"])
ROOTS = frozenset(DATA["roots"])
WHOLE = frozenset(DATA["whole"])
RIGHT = ROOTS | WHOLE | frozenset(DATA["other_things"])  # never a typing error
JOINED = frozenset((first, second) for first, second in DATA["joined"])

TOKEN = re.compile(r"[a-z0-9]+")
DOUBLED = re.compile(r"\b([a-z]{3,})2\b")  # "oleh2", as it is typed on phones
APOSTROPHES = re.compile("['’`]")
PARTICLES = ("nya", "lah", "kah", "pun", "ku", "mu")
SUFFIXES = ("kan", "an", "i")
PREFIXES = (
    "memper", "diper", "penge", "menge", "meng", "peng", "meny", "peny", "mem", "pem", "men", "pen",
    "ber", "ter", "per", "me", "pe", "di", "ke", "se",
)  # fmt: skip
SWALLOWED = {  # the letter that a nasal prefix takes from the root
    "meng": "k", "peng": "k", "meny": "s", "peny": "s", "mem": "p", "pem": "p", "men": "t", "pen": "t",
}  # fmt: skip
SHORTEST_PLURAL = 4


def tokens(text: str) -> list[str]:
    """Split a text into folded words: no case, no accents, hyphens apart, doubled words once."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = DOUBLED.sub(r"\1 \1", APOSTROPHES.sub("", plain))
    found: list[str] = []
    for token in TOKEN.findall(plain):
        if found and (found[-1], token) in JOINED:
            found[-1] += token
        elif not found or found[-1] != token:
            found.append(token)
    return found


def significant(text: str) -> list[str]:
    """Return the tokens that can tell works apart."""
    return [token for token in tokens(text) if token not in STOP]


def stems(text: str) -> list[str]:
    """Return what the index holds of a text, in its order."""
    return [stem(token) for token in significant(text)]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Take Indonesian affixes off where a known root remains, and an English plural."""
    if word in WHOLE or word in ROOTS:
        return word
    for form in _without_particle(word):
        for root in _roots(form):
            if root in ROOTS:
                return root
    return _singular(word)


def _without_particle(word: str) -> list[str]:
    return [word, *(word.removesuffix(end) for end in PARTICLES if word.endswith(end))]


def _roots(word: str) -> list[str]:
    """Every reading of the word as prefix, root and suffix."""
    trunks = [word, *(word.removesuffix(end) for end in SUFFIXES if word.endswith(end))]
    readings = list(trunks)
    for trunk in trunks:
        for prefix in PREFIXES:
            if trunk.startswith(prefix):
                rest = trunk.removeprefix(prefix)
                readings += [rest, SWALLOWED.get(prefix, "") + rest]
    return readings


def _singular(word: str) -> str:
    """Undo the regular English plural; on an Indonesian word it does the same on both sides."""
    if len(word) < SHORTEST_PLURAL or word.endswith(("ss", "us", "is", "as", "os")):
        return word
    if word.endswith("ies"):
        return word.removesuffix("ies") + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word.removesuffix("es")
    return word.removesuffix("s")
