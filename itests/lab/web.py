#!/usr/bin/env python3
"""A web server that says who it is: web.py NAME [PORT]."""

import socketserver
import sys
from http.server import BaseHTTPRequestHandler


class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        body = f'hello from {sys.argv[1]}\n'.encode()
        self.send_response(200)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64


Server(('0.0.0.0', int(sys.argv[2]) if len(sys.argv) > 2 else 80), Page).serve_forever()
