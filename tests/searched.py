"""A small catalogue and what readers type into its search, with the work that must come first."""

from catalogue import listing, vocabulary
from catalogue.models import Category, Material, Motif, Product, ProductMaterial, Technique
from catalogue.search import index
from tests.factories import (
    ArtisanFactory,
    DistrictFactory,
    MaterialFactory,
    PhotoFactory,
    VariantFactory,
)

# key: name, name_en, category, technique, material, motif, price
WORKS = {
    "agung": ("Kain batik tulis Pisang Agung pirus", "Turquoise hand-drawn batik cloth, Pisang Agung", "kain-batik", "batik-tulis", "mori-primisima", "pisang-agung", 900_000),
    "kirana": ("Kain batik cap Pisang Kirana", "Stamped batik cloth, Pisang Kirana", "kain-batik", "batik-cap", "mori-primisima", "pisang-kirana", 150_000),
    "semeru": ("Selendang batik tulis Gunung Semeru", "Hand-drawn batik scarf with Mount Semeru", "selendang", "batik-tulis", "mori-primisima", "semeru", 250_000),
    "jaran": ("Kain batik kombinasi Jaran Kencak", "Batik cloth with the Jaran Kencak horse", "kain-batik", "batik-kombinasi", "mori-primisima", "jaran-kencak", 450_000),
    "kemeja": ("Kemeja batik cap lengan pendek", "Short-sleeved stamped batik shirt", "busana", "batik-cap", "mori-primisima", None, 275_000),
    "blus": ("Blus batik cap kerah bulat", "Round-necked stamped batik blouse", "busana", "batik-cap", "mori-primisima", None, 260_000),
    "tas_pandan": ("Tas pandan bertutup", "Pandan bag with a flap", "tas-anyaman", "sasag", "daun-pandan", None, 175_000),
    "tas_debog": ("Tas serat pelepah pisang", "Bag of banana fibre", "tas-anyaman", "kepang", "serat-pisang", None, 220_000),
    "keranjang": ("Keranjang bambu bertangkai", "Bamboo basket with a handle", "keranjang-dan-wadah", "sasag", "bambu-apus", None, 120_000),
    "besek": ("Besek bambu isi tiga", "Set of three bamboo boxes", "keranjang-dan-wadah", "sasag", "bambu-apus", None, 45_000),
    "tikar": ("Tikar mendong lebar", "Wide mendong mat", "tikar-dan-alas", "kepang", "mendong", None, 130_000),
    "dompet": ("Dompet eceng gondok", "Water hyacinth pouch", "tas-anyaman", "kepang", "eceng-gondok", None, 60_000),
    "lampu": ("Kap lampu bambu", "Bamboo lampshade", "lampu-dan-hiasan-anyaman", "mata-walik", "bambu-apus", None, 190_000),
    "meja": ("Meja jati kecil", "Small teak side table", "bangku-dan-perabot", "ukir", "kayu-jati", None, 850_000),
    "dingklik": ("Dingklik kayu mahoni", "Mahogany stool", "bangku-dan-perabot", "bubut", "kayu-mahoni", None, 95_000),
    "mangkuk": ("Mangkuk kayu bubutan", "Turned wooden bowl", "dapur-dan-meja", "bubut", "kayu-mahoni", None, 85_000),
    "talenan": ("Talenan jati gagang pendek", "Teak cutting board with a short handle", "dapur-dan-meja", "bubut", "kayu-jati", None, 75_000),
    "palet": ("Rak bumbu jati belanda", "Spice rack of reclaimed pine", "dapur-dan-meja", "ukir", "pinus", None, 70_000),
    "topeng": ("Topeng Kaliwungu ukiran tangan", "Hand-carved Kaliwungu mask", "kotak-dan-hiasan-kayu", "ukir", "kayu-mahoni", None, 350_000),
    "cincin": ("Cincin perak polos", "Plain silver ring", "cincin", "kawat-pilin", "perak-925", None, 180_000),
    "anting": ("Anting perak filigri", "Silver filigree earrings", "anting", "filigri", "perak-925", None, 240_000),
    "gantungan": ("Gantungan kunci suvenir miniatur truk", "Toy truck keyring, a souvenir", "mainan-kayu", "ukir", "pinus", None, 15_000),
}  # fmt: skip

QUERIES = {
    # as it stands, both languages
    "batik pisang agung": "agung", "pisang kirana": "kirana", "Hand-drawn batik scarf": "semeru",
    "bamboo basket": "keranjang", "silver ring": "cincin", "teak table": "meja",
    "wooden bowl": "mangkuk", "cutting board": "talenan", "JARAN KENCAK": "jaran",
    # synonyms, both ways
    "mahameru": "semeru", "kuda kencak": "jaran", "bag pandan": "tas_pandan", "shirt": "kemeja",
    "scarf": "semeru", "basket": "keranjang", "kotak bambu": "besek", "mat mendong": "tikar",
    "klasa": "tikar", "pouch": "dompet", "water hyacinth": "dompet", "enceng": "dompet",
    "gedebog": "tas_debog", "banana fiber": "tas_debog", "lampshade": "lampu",
    "furniture jati": "meja", "stool": "dingklik", "dengklek": "dingklik", "mangkok": "mangkuk",
    "papan potong": "talenan", "perhiasan silver": "anting", "suweng": "anting",
    "souvenir": "gantungan", "oleh-oleh": "gantungan", "oleh2": "gantungan", "kado truk": "gantungan",
    "keranjang pring": "keranjang", "baju lengan pendek": "kemeja", "handmade ring": "cincin",
    # affixes
    "menganyam pandan": "tas_pandan", "anyaman pandan": "tas_pandan", "membatik semeru": "semeru",
    "ukir topeng": "topeng", "pengukir topeng": "topeng", "bubut mangkuk": "mangkuk",
    "tasnya pandan": "tas_pandan", "carved mask": "topeng", "baskets": "keranjang",
    # typing errors
    "anyman tas pandan": "tas_pandan", "batek pisang agung": "agung", "krajinan keranjang": "keranjang",
    "lumjang kemeja": "kemeja", "selendnag": "semeru", "pisag agung": "agung", "kernjang": "keranjang",
    "tampat lampu bambu": "lampu", "jran kencak": "jaran", "dinglik mahoni": "dingklik",
    "mangkuc kayu": "mangkuk", "earings": "anting",
    # stop words, general words, words that no work knows
    "kerajinan tas dari pandan": "tas_pandan", "perajin perak filigri": "anting",
    "pengrajin perak filigri": "anting", "jual keranjang bambu murah": "besek",
    "tas pandan untuk ibu": "tas_pandan",
    # prices and places where the wording is sure
    "tas di bawah 200rb": "tas_pandan", "bag under 200k": "tas_pandan",
    "batik antara 800 ribu dan 1 juta": "agung", "batik > 500rb": "agung",
    "perak di atas Rp 200.000": "anting", "keranjang dari candipuro": "keranjang",
}  # fmt: skip

# Traps: what must not be among the results.
NEVER = {
    "meja": "kemeja", "kemeja": "meja", "ranjang": "keranjang", "keranjang": "meja",
    "pisang": "cincin", "jati": "palet", "jati belanda": "meja", "perak": "agung",
    "cap": "talenan", "tas": "tikar",
}  # fmt: skip


def fill() -> dict[str, str]:
    """Publish the works; return slugs by key."""
    vocabulary.load()
    for slug, name in (
        ("mendong", "Mendong"),
        ("eceng-gondok", "Eceng gondok"),
        ("pinus", "Pinus"),
    ):
        MaterialFactory(slug=slug, name=name, kind=Material.Kind.PLANT)
    place = DistrictFactory(name="Candipuro", slug="candipuro")
    artisan = ArtisanFactory(name="Sanggar Contoh", maker_name="Bu Contoh", district=place)
    for key, work in WORKS.items():
        _publish(key, artisan, work)
    index.count_words()
    return {key: key.replace("_", "-") for key in WORKS}


def _publish(key, artisan, work):
    name, name_en, category, technique, material, motif, price = work
    product = Product.objects.create(
        artisan=artisan,
        category=_word(Category, category),
        name=name,
        name_en=name_en,
        slug=key.replace("_", "-"),
        description="Dibuat di beranda rumah.",
        packed_length_cm=1,
        packed_width_cm=1,
        packed_height_cm=1,
        packed_weight_g=1,
    )
    product.techniques.add(_word(Technique, technique))
    ProductMaterial.objects.create(product=product, material=_word(Material, material))
    if motif:
        product.motifs.add(_word(Motif, motif))
    VariantFactory(product=product, price=price)
    PhotoFactory(product=product)
    listing.publish(product.pk)


def _word(model, slug):
    return model.objects.get(slug=slug)
