"""Text that stands in two columns, `name` (Indonesian) and `name_en`."""

from django.utils.translation import get_language


class Translated:
    """A model whose Indonesian columns may have an English twin.

    Indonesian is the source. A missing English text falls back to it, and the
    page marks it (`speaks`) so that a screen reader pronounces it rightly and
    the reader is told.
    """

    def tr(self, field: str) -> str:
        """Return the column in the reader's language, else the Indonesian one."""
        return str(getattr(self, self._column(field)) or getattr(self, field) or "")

    def speaks(self, field: str) -> str:
        """Return the language code of the text that `tr` returns."""
        column = self._column(field)
        return "en" if column != field and getattr(self, column) else "id"

    @staticmethod
    def _column(field: str) -> str:
        return f"{field}_en" if get_language() == "en" else field
