import time, cProfile, pstats
import pytest
from django.core.management import call_command
from artisans.models import Artisan
from catalogue.models import *
from tests.factories import *

@pytest.mark.django_db
@pytest.mark.parametrize("file", ["/tmp/l1.xlsx","/tmp/l3.xlsx"])
def test_speed(file):
    d=DistrictFactory()
    Artisan.objects.bulk_create([ArtisanFactory.build(name=f"Sanggar {i}",slug=f"s-{i}",district=d) for i in range(40)])
    CategoryFactory(name="Kategori A")
    for n in "AB": TechniqueFactory(name=f"Teknik {n}"); MaterialFactory(name=f"Bahan {n}")
    MotifFactory(name="Motif A")
    for k in range(2):
        pr=cProfile.Profile() if file.endswith("l1.xlsx") and False else None
        t=time.time()
        if pr: pr.enable()
        call_command("import_listings", file, language="en")
        if pr: pr.disable(); pstats.Stats(pr).sort_stats("cumtime").print_stats(45)
        print(file, k, time.time()-t)
