from collections.abc import Mapping
from typing import Any

from django import forms

Sent = Mapping[str, Any] | None


class TypedForm(forms.Form):
    """A part of the checkout: unless it is final, it keeps what was typed and checks nothing."""

    def __init__(
        self, sent: Sent, *, is_final: bool, initial: Mapping[str, Any] | None = None
    ) -> None:
        kept = {} if sent is None else {name: sent.get(name) for name in self.base_fields}
        super().__init__(sent if is_final else None, initial={**(initial or {}), **kept})
