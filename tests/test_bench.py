"""The bench counts rightly. How long anything takes is never asked here."""

import http.server
import os
import subprocess
import sys
import threading
from collections import Counter

import pytest

from bench import __main__ as bench
from bench import cpu, load, report
from bench.measure import Pair, Sample
from bench.pages import Page
from bench.weight import Weight


class Answer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(200 if self.path == "/good" else 404)
        self.end_headers()
        self.wfile.write(b"x" * 1_000)

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def port():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever).start()
        yield server.server_port
        server.shutdown()


class TestLoad:
    def test_every_answer_is_counted(self, port):
        count, took = load.flood(load.Address(port, "/good"), 0.2)

        assert count >= load.CLIENTS
        assert took > 0
        assert load.fetch(load.Address(port, "/good")).endswith(b"x" * 1_000)

    def test_a_page_that_fails_ends_the_run(self, port):
        with pytest.raises(load.WrongAnswer):
            load.flood(load.Address(port, "/bad"), 0.2)

    def test_percentiles(self):
        ordered = [float(number) for number in range(1, 102)]

        assert (load.percentile(ordered, 0.5), load.percentile(ordered, 0.95)) == (51, 96)
        assert load.percentile([7.0], 0.95) == 7


def test_the_cpu_of_children_counts_while_they_run_and_after_they_ended():
    before = cpu.seconds(os.getpid())
    code = "import time\nwhile time.process_time() < 0.3: pass\nprint(flush=True); input()"
    child = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    child.stdout.readline()
    running = cpu.seconds(os.getpid())
    child.communicate(b"\n")
    ended = cpu.seconds(os.getpid())

    assert running - before >= 0.25
    assert ended >= running


def pair(cpu: float, floor: float) -> Pair:
    return Pair(Sample(cpu=cpu, p50=10, p95=20, rate=100, size=7 * 1024), floor)


class TestReport:
    RESULTS = {
        1_000: {
            Page("catalogue", "/katalog/", 4): [pair(12, 4), pair(20, 4)],
            Page("deep page", "/katalog/?page=9", None): [pair(20, 4)],
        },
        20_000: {
            Page("catalogue", "/katalog/", 4): [pair(24, 4)],
            Page("deep page", "/katalog/?page=9", None): [pair(40, 4)],
        },
    }

    def test_each_page_stands_beside_its_target_with_every_round(self):
        lines = report.costs(self.RESULTS, [pair(1, 1).page])

        assert "| 1,000 | catalogue | 16.0 | **4.0** (3.0, 5.0) | ≤ 4 |" in lines[4]
        assert "| 20,000 | catalogue | 24.0 | **6.0** (6.0) | ≤ 4 **missed** |" in lines[6]

    def test_growth_is_told_by_size_and_by_depth(self):
        lines = report.growth(self.RESULTS)

        assert "| deep page to page 1, 1,000 | 1.25 | ≤ 1.2 **missed** |" in lines
        assert "| catalogue, 20,000 to 1,000 | 1.50 | ≤ 1.3 **missed** |" in lines

    def test_weights_over_budget_are_marked(self):
        sizes = Counter(html=16 * 1024, css=1024, images=180 * 1024, js=10 * 1024)
        line = report.weights({"catalogue": Weight(sizes, 9, 0, 0.0)})[-1]

        assert (
            "**16.0 of 15: over** | 1.0 of 15 | 10.0 of 25 | 180 | **207.0 of 200: over**" in line
        )

    def test_the_file_keeps_what_is_written_above_the_figures(self, tmp_path):
        path = tmp_path / "performance.md"
        path.write_text("# How\n\n")
        bench.keep(path, "one")
        bench.keep(path, "two")

        assert path.read_text() == f"# How\n\n{bench.MARK}\ntwo"
