"""Photos as phones, old programs and attackers send them, built in code.

Each is (bytes, what must come of it): a size in px when it is taken, else the
reason of the refusal (a key of `uploaded_photo.REFUSALS`). Wherever a format can
carry a text, MARKER is in it, so that a test can look for what survived.
"""

from tests.image_corpus import hostile, usual
from tests.image_corpus.drawing import CASES, MARKER, icc, photo, saved

__all__ = ["CASES", "MARKER", "hostile", "icc", "photo", "saved", "usual"]
