"""Long texts: what editors type, what readers get."""

import pytest

from lumajang_crafts.lib import prose


def test_paragraphs_headings_and_lists():
    text = (
        "Satu baris\nyang patah.\n\n## Hak Anda\nAnda berhak:\n- melihat;\n- memperbaiki.\n\nAkhir."
    )

    assert prose.to_html(text).splitlines() == [
        "<p>Satu baris yang patah.</p>",
        '<h2 id="s-hak-anda">Hak Anda</h2>',
        "<p>Anda berhak:</p>",
        "<ul><li>melihat;</li><li>memperbaiki.</li></ul>",
        "<p>Akhir.</p>",
    ]


def test_the_contents_name_every_heading_with_the_id_that_it_carries():
    text = "## Satu\n\nIsi.\n\n## Dua & tiga"

    assert prose.headings(text) == [("s-satu", "Satu"), ("s-dua-tiga", "Dua & tiga")]
    assert 'id="s-dua-tiga"' in prose.to_html(text)


@pytest.mark.parametrize("start", ["", "## ", "- "])
@pytest.mark.parametrize(
    "evil", ["<script>alert(1)</script>", '"><img src=x onerror=y>', "<b>x</b>"]
)
def test_nothing_that_is_typed_becomes_html(start, evil):
    html = prose.to_html(start + evil)

    assert "<script" not in html
    assert "<img" not in html
    assert "<b>" not in html
    assert "&lt;" in html


def test_an_empty_text_makes_nothing():
    assert prose.to_html("  \n\n ") == ""
    assert prose.headings("") == []
