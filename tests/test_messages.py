"""Indonesian is complete, and the committed file is what the sources say."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, ngettext

from lumajang_crafts.lib import messages


def keys(catalog):
    return {(str(message.id), message.context) for message in catalog if message.id}


def test_every_message_of_the_sources_is_in_the_file_and_nothing_else():
    kept = messages.read(messages.po_path(settings.BASE_DIR))

    assert keys(kept) == keys(messages.collect(settings.BASE_DIR))


def test_every_message_has_indonesian_words():
    assert messages.untranslated(messages.read(messages.po_path(settings.BASE_DIR))) == []


def test_placeholders_survive_translation():
    kept = messages.read(messages.po_path(settings.BASE_DIR))

    assert [str(message.id) for message in kept if list(message.check(kept))] == []


def test_a_missing_translation_is_found():
    found = messages.collect(settings.BASE_DIR)

    assert "Newest" in messages.untranslated(found)


def test_messages_in_quotes_keep_their_capital_letters(tmp_path):
    for source in messages.SOURCES:
        (tmp_path / source).mkdir()
    page = '{% load i18n %}<p>X</p>{% translate "A kilo, please" %} {% translate "E-mail" %}'
    (tmp_path / "templates" / "page.html").write_text(page)

    assert keys(messages.collect(tmp_path)) == {("A kilo, please", None), ("E-mail", None)}


def test_plurals_of_indonesian_have_one_form():
    with translation.override("id"):
        assert ngettext("%d product published.", "%d products published.", 1) == (
            "%d produk ditayangkan."
        )
        assert gettext("Newest") == "Terbaru"
