"""The run as Markdown: every ratio beside its target."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from statistics import mean

from bench import database
from bench.measure import Pair, Sample
from bench.pages import Page
from bench.weight import Weight

KB = 1024
BUDGETS = {"html": 15, "css": 15, "js": 25}  # KB as transferred, docs/architecture.md
FIRST_VIEW = 200  # KB of the catalogue, pictures included
SIZE_TARGET, DEEP_TARGET = 1.3, 1.2

Results = dict[int, dict[Page, list[Pair]]]  # products → page → a pair for each round


def title(name: str) -> str:
    machine = ", ".join(
        [
            f"{os.cpu_count()} cores",
            f"Python {platform.python_version()}",
            f"Django {version('Django')}",
            f"PostgreSQL {database.version(name)}",
            f"gunicorn {version('gunicorn')}",
        ]
    )
    return f"Measured by `make bench` on {machine}; `-w 2 -k gthread --threads 4`, DEBUG off."


def costs(results: Results, const: list[Sample]) -> list[str]:
    floors = [
        pair.floor for pages in results.values() for pairs in pages.values() for pair in pairs
    ]
    spread = f"{min(floors):.1f}–{max(floors):.1f} over the run"
    constant = mean(sample.cpu for sample in const)
    heads = [
        "products",
        "page",
        "CPU ms",
        "× floor (rounds)",
        "target",
        "p50 / p95 ms",
        "requests/s",
        "KB",
    ]
    lines = [
        f"Floor: `rows` {mean(floors):.1f} ms of CPU ({spread}), `const` {constant:.1f} ms.",
        "",
        f"| {' | '.join(heads)} |",
        "|---" * len(heads) + "|",
    ]
    for products, pages in results.items():
        lines += [_cost(products, page, pairs) for page, pairs in pages.items()]
    return lines


def _cost(products: int, page: Page, pairs: list[Pair]) -> str:
    ratio = mean(pair.ratio for pair in pairs)
    rounds = ", ".join(f"{pair.ratio:.1f}" for pair in pairs)
    samples = [pair.page for pair in pairs]
    cells = [
        f"{products:,}",
        page.name,
        f"{mean(s.cpu for s in samples):.1f}",
        f"**{ratio:.1f}** ({rounds})",
        _verdict(ratio, page.target),
        f"{mean(s.p50 for s in samples):.0f} / {mean(s.p95 for s in samples):.0f}",
        f"{mean(s.rate for s in samples):.0f}",
        f"{samples[0].size / KB:.1f}",
    ]
    return f"| {' | '.join(cells)} |"


def growth(results: Results) -> list[str]:
    """How cost grows with the catalogue and with the page's number."""
    lines = ["| what | ratio | target |", "|---|---|---|"]
    sizes = sorted(results)
    by_name = {
        size: {page.name: _cpu(pairs) for page, pairs in results[size].items()} for size in sizes
    }
    for size in sizes:
        deep = by_name[size]["deep page"] / by_name[size]["catalogue"]
        lines.append(
            f"| deep page to page 1, {size:,} | {deep:.2f} | {_verdict(deep, DEEP_TARGET)} |"
        )
    if len(sizes) > 1:
        small, large = by_name[sizes[0]], by_name[sizes[-1]]
        for name, cost in large.items():
            ratio = cost / small[name]
            what = f"{name}, {sizes[-1]:,} to {sizes[0]:,}"
            lines.append(f"| {what} | {ratio:.2f} | {_verdict(ratio, SIZE_TARGET)} |")
    return lines


def _cpu(pairs: list[Pair]) -> float:
    """In floors, so that a machine that slowed down between two pages does not count."""
    return mean(pair.ratio for pair in pairs)


def weights(pages: dict[str, Weight]) -> list[str]:
    lines = [
        "| page | HTML | CSS | JavaScript | pictures | all, KB | requests | foreign | shift |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, weight in pages.items():
        parts = [_part(weight.bytes[kind], budget) for kind, budget in BUDGETS.items()]
        view = FIRST_VIEW if name == "catalogue" else None
        cells = [
            name,
            *parts,
            f"{weight.bytes['images'] / KB:.0f}",
            _part(weight.total, view),
            str(weight.requests),
            str(weight.foreign),
            f"{weight.shift:.3f}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _part(size: int, budget: int | None) -> str:
    shown = f"{size / KB:.1f}"
    if budget is None:
        return shown
    return f"{shown} of {budget}" if size <= budget * KB else f"**{shown} of {budget}: over**"


def _verdict(ratio: float, target: float | None) -> str:
    if target is None:
        return "–"
    return f"≤ {target:g}" if ratio <= target else f"≤ {target:g} **missed**"
