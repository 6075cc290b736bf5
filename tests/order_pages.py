"""Where an order’s page lies."""

from django.utils import translation

from orders import links


def page_of(order, language="id") -> str:
    with translation.override(language):
        return links.path(order)
