from typing import ClassVar

from django.db import models


class Row(models.Model):
    """As much as a simple list shows of a thing."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=130)
    maker = models.CharField(max_length=80)
    price = models.PositiveBigIntegerField()
    published_at = models.DateTimeField(db_index=True)

    objects: ClassVar[models.Manager["Row"]] = models.Manager()

    class Meta:
        app_label = "floor"

    def __str__(self) -> str:
        return self.name
