"""Data for machines, written where the page shows the same to people."""

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lumajang_crafts.lib import structured

register = template.Library()


@register.simple_tag
def json_ld(nodes: list[structured.Node]) -> SafeString:
    return structured.script(*nodes)


@register.simple_tag
def breadcrumb_data(here: str, *steps: str) -> SafeString:
    """The trail as components/breadcrumbs.html shows it: url, label, url, label, …"""
    between = [(label, url) for url, label in zip(steps[::2], steps[1::2], strict=True) if url]
    trail = [(_("Home"), reverse("home")), *between, (here, "")]
    return structured.script(structured.breadcrumbs(trail))
