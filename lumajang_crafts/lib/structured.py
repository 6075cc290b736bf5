"""Data for machines inside a page (JSON-LD), safe to stand in HTML."""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from lumajang_crafts.lib.site import absolute

Node = dict[str, Any]
# A name may hold "</script>" or "<!--": no such character stands literally in the data.
HARMLESS = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def script(*nodes: Node) -> SafeString:
    """Write the nodes as one data block; the policy lets it stand, for nothing in it runs."""
    content: Node = dict(nodes[0]) if len(nodes) == 1 else {"@graph": list(nodes)}
    text = json.dumps({"@context": "https://schema.org", **content}, ensure_ascii=False)
    return format_html(
        '<script type="application/ld+json">{}</script>', SafeString(text.translate(HARMLESS))
    )


def known(**facts: Any) -> Node:
    """Keep what is known: a machine takes an empty text for a fact."""
    return {key: fact for key, fact in facts.items() if fact not in (None, "", [], {})}


def breadcrumbs(trail: list[tuple[str, str]]) -> Node:
    """The way to a page as (name, address) pairs; the last is the page itself, without address."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name}
            | ({"item": absolute(url)} if url else {})
            for position, (name, url) in enumerate(trail, start=1)
        ],
    }
