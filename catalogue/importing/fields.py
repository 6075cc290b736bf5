"""What a column may hold: its headings in both languages, and how its cells are read.

The first two spellings are the headings that the template writes, Indonesian and
English; the others are what councils write. A field with a twin has an English
column too ("Nama produk (Inggris)").
"""

from dataclasses import dataclass

from artisans.models import Artisan
from catalogue.importing import measures, values
from catalogue.importing.money import price
from catalogue.importing.values import Reader
from catalogue.models import Product, Variant

PUBLISHED, DRAFT = "published", "draft"

YES_NO = values.OneOf({True: "ya, yes, y, true, 1, boleh", False: "tidak, no, n, false, 0, t"})
STATUS = values.OneOf(
    {
        DRAFT: "draf, draft, konsep, belum",
        PUBLISHED: "tayang, published, publish, terbit, ditayangkan, publikasi",
    }
)
DYE = values.OneOf(
    {
        Product.Dye.NATURAL: "alami, natural, alam, warna alam, pewarna alami, natural dye",
        Product.Dye.SYNTHETIC: "sintetis, synthetic, sintetik, kimia, synthetic dye",
        Product.Dye.MIXED: "campuran, mixed, kombinasi, alami dan sintetis",
    }
)
SUPPLY = values.OneOf(
    {
        Variant.Supply.STOCK: "stok, stock, ready stock, ready, tersedia, dari stok, from stock",
        Variant.Supply.MADE_TO_ORDER: (
            "dibuat sesuai pesanan, made to order, sesuai pesanan, pesanan, pre order, po, custom"
        ),
        Variant.Supply.ONE_OF_A_KIND: (
            "satu-satunya, one of a kind, hanya satu, satu saja, unik, unique"
        ),
    }
)
KIND = values.OneOf(
    {
        Artisan.Kind.INDIVIDUAL: "perorangan, individual, individu, perajin perorangan, pribadi",
        Artisan.Kind.GROUP: "kelompok, group, kelompok perajin, kub, craft group",
        Artisan.Kind.COOPERATIVE: "koperasi, cooperative, kopontren",
        Artisan.Kind.COMPANY: "usaha, company, perusahaan, cv, pt, ud, ikm, umkm, small firm",
    }
)


@dataclass(frozen=True, slots=True)
class Field:
    key: str
    headings: tuple[str, ...]
    read: Reader
    has_twin: bool = False
    is_many: bool = False  # may stand in several columns, "Foto 1", "Foto 2"


def _field(
    key: str, headings: str, read: Reader, *, twin: bool = False, many: bool = False
) -> Field:
    return Field(key, tuple(part.strip() for part in headings.split("|")), read, twin, many)


# What belongs to the work; said once, on its first row.
WORK = [
    _field(
        "maker",
        "Perajin|Maker|pengrajin|nama perajin|nama pengrajin|sanggar|nama sanggar|ikm|nama ikm|"
        "ukm|umkm|nama umkm|pembuat|artisan|workshop|produsen|nama usaha",
        values.text,
    ),
    _field(
        "name",
        "Nama produk|Product name|nama|produk|nama barang|barang|karya|nama karya|name|product|"
        "title|judul",
        values.text,
        twin=True,
    ),
    _field(
        "category",
        "Kategori|Category|kategori produk|jenis|jenis produk|jenis barang",
        values.text,
    ),
    _field(
        "description",
        "Deskripsi|Description|keterangan produk|uraian|penjelasan",
        values.prose,
        twin=True,
    ),
    _field("techniques", "Teknik|Techniques|teknik pembuatan|technique", values.listed),
    _field("materials", "Bahan|Materials|bahan baku|material|komposisi", values.shares),
    _field("motifs", "Motif|Motifs|corak|pattern", values.listed),
    _field("dye", "Pewarna|Dye|pewarnaan|jenis pewarna|jenis warna", DYE),
    _field("dye_note", "Bahan pewarna|Dyed with|sumber warna", values.text, twin=True),
    _field("care", "Perawatan|Care|cara perawatan|cara merawat", values.prose, twin=True),
    _field("made_by", "Dibuat oleh|Made by|pengerja|tangan", values.text),
    _field("making_days", "Hari kerja|Days of work|lama membuat|working days", values.count),
    _field(
        "size",
        "Ukuran|Size|dimensi|ukuran produk|dimension|dimensions|p x l x t|p x l",
        measures.size,
    ),
    _field("length_cm", "Panjang|Length|panjang produk", measures.length),
    _field("width_cm", "Lebar|Width|lebar produk", measures.length),
    _field("height_cm", "Tinggi|Height|tinggi produk", measures.length),
    _field(
        "net_weight_g",
        "Berat|Weight|berat bersih|berat produk|net weight|bobot",
        measures.weight,
    ),
    _field(
        "parcel",
        "Ukuran kemasan|Packed size|ukuran paket|dimensi paket|dimensi kemasan|parcel size",
        measures.parcel,
    ),
    _field("packed_length_cm", "Panjang kemasan|Packed length|panjang paket", measures.parcel_side),
    _field("packed_width_cm", "Lebar kemasan|Packed width|lebar paket", measures.parcel_side),
    _field("packed_height_cm", "Tinggi kemasan|Packed height|tinggi paket", measures.parcel_side),
    _field(
        "packed_weight_g",
        "Berat kemasan|Packed weight|berat paket|berat kirim|parcel weight",
        measures.packed_weight,
    ),
    _field(
        "lead_days",
        "Siap kirim|Lead time|lama pengerjaan|lama proses|lead days|waktu siap kirim",
        values.count,
    ),
    _field(
        "min_order",
        "Pesanan minimum|Minimum order|minimal pesanan|minimum pesanan|minimal order|min order",
        values.count,
    ),
    _field(
        "max_order",
        "Pesanan maksimum|Maximum order|maksimal pesanan|maksimum pesanan|max order",
        values.count,
    ),
    _field("hs_code", "Kode HS|HS code|hs|pos tarif", values.text),
    _field("is_exportable", "Boleh ekspor|Export|ekspor|dapat diekspor|exportable", YES_NO),
    _field("option1_name", "Nama opsi 1|Option 1 name|nama pilihan 1", values.text, twin=True),
    _field("option2_name", "Nama opsi 2|Option 2 name|nama pilihan 2", values.text, twin=True),
    _field("status", "Status|Status|status tayang", STATUS),
]

# What each row brings.
VARIANT = [
    _field(
        "sku",
        "SKU|SKU|kode|kode barang|kode produk|kode sku|product code|item code",
        values.text,
    ),
    _field("option1", "Opsi 1|Option 1|pilihan 1|varian|variasi|variant", values.text, twin=True),
    _field("option2", "Opsi 2|Option 2|pilihan 2", values.text, twin=True),
    _field("colour", "Warna|Colour|color", values.text, twin=True),
    _field(
        "dress_size",
        "Ukuran baju|Clothing size|ukuran pakaian|nomor ukuran|dress size",
        values.text,
        twin=True,
    ),
    _field("price", "Harga|Price|harga jual|harga satuan|harga produk|selling price", price),
    _field("supply", "Persediaan|Supply|jenis persediaan|cara persediaan|ketersediaan", SUPPLY),
    _field("stock", "Stok|Stock|jumlah stok|jumlah|qty|sisa stok|on hand", values.count),
    _field(
        "variant_max_order",
        "Maksimum per varian|Most per variant|maksimal per varian|maks per varian",
        values.count,
    ),
    _field(
        "photos",
        "Foto|Photos|nama file foto|file foto|gambar|nama foto|photo|image|images|picture",
        values.listed,
        many=True,
    ),
    _field(
        "alts",
        "Keterangan foto|Photo description|teks foto|alt|alt text|deskripsi foto",
        values.sentences,
        twin=True,
        many=True,
    ),
]

PRODUCTS = [*WORK, *VARIANT]

# The sheet of makers.
MAKERS = [
    _field(
        "name",
        "Nama sanggar|Workshop|nama|sanggar|nama usaha|nama ikm|ikm|umkm|nama umkm|perajin|maker|"
        "artisan|name",
        values.text,
    ),
    _field("kind", "Jenis|Kind|bentuk usaha|jenis usaha|bentuk", KIND),
    _field(
        "maker_name",
        "Nama perajin|Maker name|pemilik|nama pemilik|ketua|nama ketua|nama pengrajin|owner",
        values.text,
    ),
    _field("district", "Kecamatan|District|kec|subdistrict", values.text),
    _field("village", "Desa|Village|kelurahan|desa kelurahan|desa/kelurahan", values.text),
    _field("since", "Sejak|Since|tahun berdiri|berdiri sejak|sejak tahun", values.count),
    _field("lead", "Kalimat pembuka|Lead|ringkasan|satu kalimat|summary", values.text, twin=True),
    _field("quote", "Kutipan|Quote|kata perajin", values.text, twin=True),
    _field("story", "Cerita|Story|kisah|profil", values.prose, twin=True),
    _field(
        "monthly_capacity",
        "Kapasitas per bulan|Monthly capacity|kapasitas produksi|kapasitas",
        values.count,
    ),
    _field(
        "workers_female", "Pekerja perempuan|Women at work|tenaga kerja perempuan", values.count
    ),
    _field("workers_male", "Pekerja laki-laki|Men at work|tenaga kerja laki-laki", values.count),
    _field("contact_phone", "Telepon pribadi|Private phone|no hp|telepon|hp|phone", values.text),
    _field("contact_email", "Surel pribadi|Private e-mail|email|surel|e-mail", values.text),
    _field("contact_address", "Alamat pribadi|Private address|alamat|address", values.text),
]
