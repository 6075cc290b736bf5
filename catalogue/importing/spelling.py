"""One word in many spellings: case, accents, hyphens and spaces do not count."""

import difflib
import re
import unicodedata
from collections.abc import Iterable

NOT_A_LETTER = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Return the text as it is compared: "Batik-Tulis " and "batik tulis" are one."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return NOT_A_LETTER.sub(" ", letters).strip()


def nearest(text: str, words: Iterable[str]) -> str:
    """Return the word that was probably meant, or nothing."""
    spelled = {plain(word): word for word in words}
    close = difflib.get_close_matches(plain(text), spelled, n=1, cutoff=0.7)
    longer = [word for word in spelled if word.startswith(f"{plain(text)} ")]  # bambu: bambu apus
    return next((spelled[word] for word in [*close, *longer]), "")
