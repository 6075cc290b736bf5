"""`python -m orders.standin`: serve the stand-in at STANDIN_URL, in the demo only."""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from orders.standin.gateway import StandIn
from orders.standin.serving import server

KEPT = Path("var") / "run" / "stand-in.json"


def main() -> int:
    address = os.environ.get("STANDIN_URL", "")
    port = urlsplit(address).port
    if os.environ.get("DEMO") != "1" or port is None:
        sys.stderr.write("The stand-in for payments runs in the demo, where STANDIN_URL says.\n")
        return 1
    server(StandIn(path=KEPT), port).serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
