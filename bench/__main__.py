"""python -m bench [--quick] [--out docs/performance.md]: prints what pages cost, as Markdown."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import ExitStack
from pathlib import Path

from bench import buying, database, measure, pages, report, servers, weight
from lumajang_crafts import children, localdb, serve

SIZES = (1_000, 20_000)
ROUNDS = 2
SECONDS = 4.0  # eight clients on one page
MARK = '<!-- Figures of the last `make bench ARGS="--out docs/performance.md"`. -->\n'
WEIGHED = ("home", "catalogue", "product")


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="1,000 products, one short round")
    parser.add_argument("--pool", action="store_true", help="with DATABASE_POOL=1, floor too")
    parser.add_argument("--out", type=Path, help="also keep the report in that file")
    options = parser.parse_args()
    os.environ.pop("DATABASE_URL", None)  # the CPU of another server cannot be read
    os.chdir(serve.PROJECT)
    children.end_when_parent_ends()
    localdb.ensure()
    try:
        text = "\n".join(run(options.quick, options.pool)) + "\n"
    except (serve.Refusal, localdb.LocalDatabaseError) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    print(text)
    if options.out:
        keep(options.out, text)
    return 0


def keep(path: Path, text: str) -> None:
    """Put the figures where the last ones stood; what is written above them stays."""
    before = path.read_text(encoding="utf-8").partition(MARK)[0] if path.exists() else ""
    path.write_text(f"{before}{MARK}\n{text}", encoding="utf-8")


def run(is_quick: bool, with_pool: bool) -> list[str]:
    sizes = SIZES[:1] if is_quick else SIZES
    more = {"DATABASE_POOL": "1"} if with_pool else {}
    with ExitStack() as stack:
        start = stack.enter_context
        for name in ("floor", buying.SITE, *map(str, sizes)):
            stack.callback(database.drop, name)  # after the servers have ended
        prepare(sizes)
        floor = start(servers.running("bench.floor.wsgi", "floor", "owner", **more))
        sites = {
            size: start(servers.running("lumajang_crafts.wsgi", str(size), "app", **more))
            for size in sizes
        }
        return lines(floor, sites, is_quick, with_pool)


def prepare(sizes: tuple[int, ...]) -> None:
    tell("Preparing the catalogues ...")
    servers.prepare_floor(sizes[-1])
    for size in sizes:
        servers.prepare_site(str(size), size)
        tell(f"{size:,} products loaded")


def lines(
    floor: servers.Server, sites: dict[int, servers.Server], is_quick: bool, with_pool: bool
) -> list[str]:
    asked = {size: pages.pages(site, size) for size, site in sites.items()}
    results: report.Results = {size: {page: [] for page in asked[size]} for size in sites}
    const = []
    for number in range(1 if is_quick else ROUNDS):
        seconds = SECONDS / 2 if is_quick else SECONDS
        const.append(measure.sample(floor, "/const", seconds / 2))
        for size, site in sites.items():
            for page in asked[size]:
                pair = measure.beside_floor(floor, site, page.path, seconds)
                results[size][page].append(pair)
                tell(f"round {number + 1}, {size:,}, {page.name}: {pair.ratio:.1f} × floor")
    size = next(iter(sites))
    paths = {page.name: page.path for page in asked[size] if page.name in WEIGHED}
    pool = "with a connection pool." if with_pool else "a new database connection each request."
    return [
        f"{report.title('floor')} Floor and site alike: {pool}",
        "",
        *report.costs(results, const),
        "",
        *report.growth(results),
        "",
        f"A phone's first view (360 px, sharpness 2, nothing cached, {size:,} products), in KB:",
        "",
        *report.weights(weight.weigh(sites[size], paths)),
        "",
        *buying.lines(SECONDS if is_quick else 5 * SECONDS, is_quick=is_quick),
    ]


def tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
