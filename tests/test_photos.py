"""What arrives as a photo: taken as pixels only, or refused with the reason."""

import io
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from PIL import Image, ImageChops

from lumajang_crafts.lib import pictures, uploaded_photo
from tests import image_corpus
from tests.image_corpus import CASES, MARKER

pytestmark = pytest.mark.filterwarnings("ignore")  # as in production: no warning decides

TAKEN = {name: build for name, (build, expected) in CASES.items() if isinstance(expected, tuple)}
REFUSED = CASES.keys() - TAKEN.keys()
CORNERS = {  # EXIF orientation → colours from the upper left to the lower right
    1: "red green blue blue",
    2: "green red blue blue",
    3: "blue blue green red",
    4: "blue blue red green",
    5: "red blue green blue",
    6: "blue red blue green",
    7: "blue green blue red",
    8: "green blue red blue",
}


@pytest.fixture(autouse=True)
def own_lock(settings, tmp_path):
    settings.DECODING_LOCK = str(tmp_path / "decoding.lock")


def kept(upload: bytes) -> bytes:
    return pictures.normalise(io.BytesIO(upload)).read()


def opened(file: bytes) -> Image.Image:
    return Image.open(io.BytesIO(file))


def corners(file: bytes) -> str:
    picture = opened(file)
    width, height = picture.size
    places = [(20, 20), (width - 20, 20), (20, height - 20), (width - 20, height - 20)]
    colours = [picture.getpixel(place) for place in places]
    return " ".join(["red", "green", "blue"][colour.index(max(colour))] for colour in colours)


class TestCorpus:
    def test_it_is_large(self):
        assert len(TAKEN) >= 50
        assert len(REFUSED) >= 40

    @pytest.mark.parametrize("name", TAKEN)
    def test_a_sound_photo_becomes_a_fresh_webp_of_nothing_but_pixels(self, name):
        build, size = CASES[name]
        file = kept(build())
        picture = opened(file)

        assert (picture.format, picture.size, picture.n_frames) == ("WEBP", size, 1)
        assert MARKER not in file
        assert dict(picture.getexif()) == {}
        assert not {"exif", "icc_profile", "xmp", "comment"} & set(picture.info)

    @pytest.mark.parametrize("name", sorted(REFUSED))
    def test_everything_else_is_refused_with_its_reason_in_a_sentence(self, name):
        build, reason = CASES[name]
        with pytest.raises(ValidationError) as refusal:
            kept(build())

        assert refusal.value.code == reason
        assert refusal.value.messages == [str(uploaded_photo.REFUSALS[reason])]
        assert refusal.value.messages[0].endswith(".")

    @pytest.mark.parametrize("name", ["told_everything-JPEG", "png_texts", "heic_and_a_script"])
    def test_the_corpus_really_carries_what_must_not_survive(self, name):
        upload = CASES[name][0]()

        assert MARKER in upload or b"tEXt" in upload

    def test_what_was_kept_is_stable_when_it_is_sent_again(self):
        once = kept(CASES["plain-JPEG"][0]())
        twice = kept(once)
        difference = ImageChops.difference(opened(once), opened(twice)).convert("L")

        assert opened(twice).size == opened(once).size
        assert sum(difference.getdata()) / (300 * 200) < 3


class TestPixels:
    @pytest.mark.parametrize("kind", ["jpeg", "heic"])
    @pytest.mark.parametrize("orientation", CORNERS)
    def test_the_picture_stands_upright(self, kind, orientation):
        aside = "_aside" if orientation > 4 else ""
        upload = CASES[f"{kind}_turned{aside}-{orientation}"][0]()

        assert corners(kept(upload)) == CORNERS[orientation]

    @pytest.mark.parametrize(
        "name",
        [
            "cmyk_jpeg",
            "cmyk_jpeg_without_adobe_mark",
            "png_mode-P",
            "png_mode-RGBA",
            "animated-PNG",
            "animated-WEBP",
            "heic_with_several_images",
            "heic_with_transparency",
            "phone_jpeg_with_a_second_image",
            "broken_profile-HEIF",
            "profile_of_another_colour_space",
        ],
    )
    def test_colours_survive_every_way_of_storing_them(self, name):
        assert corners(kept(CASES[name][0]())) == CORNERS[1]

    @pytest.mark.parametrize(
        ("name", "colour"),
        [
            ("png_of_16_bits_grey", (156, 156, 156)),
            ("png_of_16_bits_colour", (195, 39, 39)),
            ("heic_of_10_bits", (195, 39, 39)),
            ("interlaced_png", (128, 128, 128)),
        ],
    )
    def test_deep_and_woven_pixels_keep_their_tone(self, name, colour):
        seen = opened(kept(CASES[name][0]())).getpixel((150, 100))

        assert [abs(a - b) <= 4 for a, b in zip(seen, colour, strict=True)] == [True] * 3

    def test_a_transparent_picture_gets_a_white_ground(self):
        ghost = image_corpus.saved(Image.new("RGBA", (210, 210), (0, 0, 0, 0)), "PNG")

        assert min(opened(kept(ghost)).getpixel((5, 5))) > 250

    def test_colours_of_a_wide_profile_become_srgb(self):
        """A profile with red and blue exchanged shows plainly whether it was applied."""
        profile = bytearray(image_corpus.icc())
        red, blue = profile.index(b"rXYZ"), profile.index(b"bXYZ")
        profile[red], profile[blue] = profile[blue], profile[red]
        upload = image_corpus.saved(image_corpus.photo(), "JPEG", icc_profile=bytes(profile))

        assert corners(kept(upload)) == "blue green red red"

    def test_a_large_photo_is_kept_at_2400_px(self):
        upload = image_corpus.saved(Image.new("RGB", (3600, 2000)), "JPEG")

        assert opened(kept(upload)).size == (2400, 1333)


MEASURE = """
import io, resource, sys, django
django.setup()
from PIL import Image
from lumajang_crafts.lib import pictures

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "linux" else 2**20)

small = io.BytesIO()
Image.new("RGB", (300, 300)).save(small, "JPEG")
pictures.normalise(small)
before = peak()
assert pictures.normalise(io.BytesIO(sys.stdin.buffer.read())).size > 0
print(peak() - before)
"""


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("JPEG", {}),
        ("JPEG", {"progressive": True}),
        ("PNG", {"compress_level": 1}),
        ("HEIF", {"quality": 10, "enc_params": {"preset": "ultrafast"}}),
    ],
    ids=["jpeg", "progressive", "png", "heic"],
)
def test_fifty_megapixels_cost_less_than_400_mib(kind, options):
    upload = image_corpus.saved(Image.new("RGB", (7070, 7070), "teal"), kind, **options)
    code = f"import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'\n{MEASURE}"
    command = [sys.executable, "-c", code]
    shown = subprocess.run(
        command, cwd=settings.BASE_DIR, input=upload, stdout=subprocess.PIPE, check=True
    ).stdout

    assert int(shown) < 400
