"""Files as they come: they are read, or refused with one sentence."""

import io
import zipfile

import openpyxl
import pytest

from catalogue.importing import columns, fields, sheet, source
from catalogue.importing.report import Problem, Report
from catalogue.importing.sheet import Broken, Row, Unreadable
from tests.spreadsheets import good


def read(content: bytes) -> list[sheet.Sheet]:
    return source.read(io.BytesIO(content))


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def changed(content: bytes, part: str, before: bytes, after: bytes) -> bytes:
    """Rewrite one part of a workbook."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == part:
                assert before in text
                text = text.replace(before, after)
            new.writestr(name, text)
    return file.getvalue()


ROWS = [Row(1, ("SKU", "Nama", "Harga")), Row(2, ("A-1", "Tas “pandan”", "150rb"))]
TEXT = "SKU;Nama;Harga\r\nA-1;Tas “pandan”;150rb\r\n"


class TestDelimited:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    def test_old_and_new_encodings_are_understood(self, encoding):
        assert read(TEXT.encode(encoding))[0].rows == ROWS

    @pytest.mark.parametrize("mark", [",", ";", "\t"])
    def test_the_delimiter_is_found(self, mark):
        assert read(TEXT.replace(";", mark).encode())[0].rows == ROWS

    def test_commas_in_descriptions_do_not_hide_the_semicolons(self):
        text = "SKU;Deskripsi;Harga\nA-1;satu, dua, tiga, empat, lima;1\nA-2;a, b, c, d, e, f;2\n"

        assert [row.cells[0] for row in read(text.encode())[0].rows] == ["SKU", "A-1", "A-2"]

    def test_excels_own_hint_is_followed_and_lines_stay_those_of_the_file(self):
        rows = read(b"sep=;\r\nSKU;Nama\r\n\r\nA-1;Tas\r\n")[0].rows

        assert [(row.line, row.cells) for row in rows] == [
            (2, ("SKU", "Nama")),
            (4, ("A-1", "Tas")),
        ]

    def test_a_cell_with_several_lines_does_not_shift_the_count(self):
        rows = read(b'SKU,Deskripsi\n"A-1","satu\ndua"\nA-2,tiga\n')[0].rows

        assert [row.line for row in rows] == [1, 2, 4]

    @pytest.mark.parametrize(
        "content",
        [
            b"SKU,Nama\0,Harga",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old workbook",
            b"\x89PNG\r\n\x1a\n\x00\x00",
            b'SKU,Nama\n"A-1"x,"Tas',
            b"SKU\n\x81\x8d\n",
            b"SKU,Nama\nA-1," + b"x" * 200_000,
            zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
            zipped(xl__workbook_xml=b"<"),
            b"PK\x03\x04 not a zip",
        ],
    )
    def test_what_is_no_spreadsheet_is_refused_with_a_sentence(self, content):
        with pytest.raises(Unreadable) as refusal:
            read(content)

        assert str(refusal.value).endswith(".")

    def test_too_many_rows_or_bytes_are_refused(self, monkeypatch):
        with pytest.raises(Unreadable):
            read(b"SKU,Nama\n" * (sheet.MOST_ROWS + 1))
        monkeypatch.setattr(source, "MOST_BYTES", 10)
        with pytest.raises(Unreadable):
            read(b"SKU,Nama,Harga")


def test_a_heading_cannot_steer_the_terminal():
    said = Report({Problem("", 1, "Harga\x1b[2J", "Kosong.")})

    assert "\x1b" not in "".join(said.lines())


class TestWorkbook:
    def book(self, *rows) -> openpyxl.Workbook:
        book = openpyxl.Workbook()
        for cells in rows:
            book.active.append(cells)
        return book

    def test_blank_rows_are_skipped_and_lines_stay_those_of_the_file(self):
        book = self.book(["SKU", "Nama"], [], ["A-1", " Tas "], [None, None], ["A-2", 7])

        rows = read(saved(book))[0].rows

        assert [(row.line, row.cells) for row in rows] == [
            (1, ("SKU", "Nama")),
            (3, ("A-1", "Tas")),
            (5, ("A-2", 7)),
        ]

    def test_hidden_sheets_are_not_read(self):
        book = self.book(["SKU", "Nama"])
        book.create_sheet("Rahasia").sheet_state = "hidden"

        assert [found.name for found in read(saved(book))] == ["Sheet"]

    def test_a_formula_counts_by_its_stored_result_and_is_refused_without_one(self):
        content = saved(self.book(["SKU", "Harga"], ["A-1", "=75000*2"], ["A-2", "=1/0"]))
        part = "xl/worksheets/sheet1.xml"
        content = changed(content, part, b"<f>75000*2</f><v />", b"<f>75000*2</f><v>150000</v>")

        first, second = read(content)[0].rows[1:]

        assert first.cells[1] == 150_000
        assert isinstance(second.cells[1], Broken)

    def test_an_excel_error_is_no_value(self):
        row = read(saved(self.book(["SKU", "Harga"], ["A-1", "#REF!"])))[0].rows[1]

        assert isinstance(row.cells[1], Broken)
        assert "#REF!" in row.cells[1].text

    def test_a_cell_merged_downwards_counts_for_each_row(self):
        book = self.book(["Perajin", "SKU"], ["Sanggar", "A-1"], [None, "A-2"])
        book.active.merge_cells("A2:A3")

        row = read(saved(book))[0].rows[2]

        assert (row.cells, row.merged) == (("Sanggar", "A-2"), frozenset({0}))

    def test_a_bomb_is_refused_before_it_is_unpacked(self, monkeypatch):
        bomb = zipped(xl__workbook_xml=b"<x/>", big_xml=b"0" * 3_000_000)
        content = bomb.replace(b"workbook_xml", b"workbook.xml").replace(b"big_xml", b"big.xml")
        monkeypatch.setattr("catalogue.importing.workbook.MOST_XML", 2_000_000)

        with pytest.raises(Unreadable) as refusal:
            read(content)

        assert "large" in str(refusal.value) or "besar" in str(refusal.value)

    def test_entities_are_refused(self):
        bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><workbook'
        content = changed(saved(self.book(["SKU"])), "xl/workbook.xml", b"<workbook", bomb)

        with pytest.raises(Unreadable):
            read(content)

    def test_a_row_a_million_lines_down_is_survived_and_one_beyond_excel_refused(self):
        book = self.book(["SKU", "Nama"])
        book.active.cell(1_000_000, 1, "A-1")
        content = saved(book)

        assert [row.line for row in read(content)[0].rows] == [1, 1_000_000]
        part = "xl/worksheets/sheet1.xml"
        with pytest.raises(Unreadable):
            read(changed(content, part, b'r="1000000"', b'r="99000000000"'))


class TestHeadings:
    def find(self, *rows):
        book = openpyxl.Workbook()
        for cells in rows:
            book.active.append(cells)
        return book, lambda: columns.find(read(saved(book))[0], fields.PRODUCTS, "sku")

    def test_both_languages_and_many_spellings_are_known(self):
        headings = ["Kode Barang *", "NAMA PRODUK (EN)", "Harga (Rp)", "Berat Paket (kg)", "Foto 2"]
        _book, find = self.find(headings, list(good().values()))

        assert [(column.key, column.unit) for column in find().columns] == [
            ("sku", ""),
            ("name_en", ""),
            ("price", ""),
            ("packed_weight_g", "kg"),
            ("photos", ""),
        ]

    def test_every_heading_of_the_template_is_known_in_both_languages(self):
        for known in (fields.PRODUCTS, fields.MAKERS):
            for index in (0, 1):
                book, _find = self.find([field.headings[index] for field in known])
                found = columns.find(read(saved(book))[0], known, known[0].key)
                assert [column.key for column in found.columns] == [field.key for field in known]

    def test_a_title_above_the_headings_is_no_heading(self):
        _book, find = self.find(["DAFTAR PRODUK IKM 2026"], [], ["SKU", "Harga"], ["A-1", 150_000])

        assert find().line == 3

    def test_a_heading_merged_over_columns_is_refused_with_its_place(self):
        book, find = self.find(["SKU", "Harga", "Ukuran kemasan", None, None])
        book.active.merge_cells("C1:E1")

        (problem,) = find().problems

        assert (problem.line, problem.is_error) == (1, True)
        assert "C1:E1" in problem.what

    def test_an_unknown_column_is_a_note_and_a_repeated_one_an_error(self):
        _book, find = self.find(["No", "SKU", "Harga", "Hagra", "Harga jual", "Catatan"])

        problems = {problem.column: problem for problem in find().problems}

        assert set(problems) == {"Hagra", "Harga jual", "Catatan"}
        assert not problems["Catatan"].is_error
        assert "harga" in problems["Hagra"].todo
        assert problems["Harga jual"].is_error

    def test_a_sheet_without_sku_column_says_so(self):
        _book, find = self.find(["Nama produk", "Harga"])

        assert [(problem.column, problem.is_error) for problem in find().problems] == [
            ("SKU", True)
        ]
