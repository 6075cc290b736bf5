import os
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import urlsplit


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"stand-in")


HTTPServer(("127.0.0.1", urlsplit(os.environ["STANDIN_URL"]).port), Handler).serve_forever()
