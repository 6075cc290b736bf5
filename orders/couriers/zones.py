"""Which place of a zone table an address falls under."""


def places(country: str, region_code: str = "") -> list[str]:
    """What a zone may list for the address, the most specific first.

    In Indonesia ["35.08.01", "35.08", "35"]: a regency's own zone wins over its
    province's. Abroad the country alone.
    """
    if country != "ID":
        return [country]
    parts = region_code.split(".")
    return [".".join(parts[:count]) for count in range(len(parts), 0, -1)]
