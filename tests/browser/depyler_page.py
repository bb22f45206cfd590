#!/usr/bin/env python3
"""The translator's page: its module gives the same Rust as the depyler of this machine for every case of tests/transpile, and the page does its
work in Chromium. Usage: depyler_page.py PAGE DEPYLER. Closes with `N passed, N failed`."""
import http.server
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading

HERE = pathlib.Path(__file__).resolve().parent
CASES = HERE.parent / "transpile" / "cases"
CHROMIUM = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--disable-quic", "--disable-dev-shm-usage"]


class Tally:
    def __init__(self):
        self.passed = self.failed = 0

    def check(self, what, ok, got=""):
        self.passed, self.failed = self.passed + bool(ok), self.failed + (not ok)
        if not ok:
            print(f"FAIL {what}: {got}")


def same_as_native(tally, page, depyler):
    """Whole files byte for byte, refusals by their text."""
    files = sorted(map(str, CASES.glob("*.py")))
    run = subprocess.run(["node", HERE / "module.mjs", page, *files], capture_output=True, text=True)
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    tally.check("a line for every case", len(answers) == len(files), run.stderr[-500:])
    for answer in answers:
        native = subprocess.run([depyler, "transpile", answer["file"], "-o", "-"], capture_output=True)
        wanted = native.stdout.decode() if native.returncode == 0 else ""
        tally.check(f"{pathlib.Path(answer['file']).name}: the native translation", answer.get("rust") == wanted and wanted,
                    answer.get("error") or f"{len(answer.get('rust') or '')} bytes, natively {len(wanted)}")


def serve(page, results, done):
    """A server for the page with drive.js in it; POST /result ends the test."""
    text = page.read_text().replace("</body>", f"<script>{(HERE / 'drive.js').read_text()}</script></body>").encode()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path == "/" else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            if self.path == "/":
                self.wfile.write(text)

        def do_POST(self):
            results.extend(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()
            done.set()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def in_chromium(tally, page):
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if not browser:
        tally.check("Chromium", False, "not installed (tools/setup browser)")
        return
    results, done = [], threading.Event()
    server = serve(page, results, done)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        process = subprocess.Popen([browser, *CHROMIUM, f"--user-data-dir={folder}", f"http://127.0.0.1:{server.server_port}/"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        ended = done.wait(300)
        process.terminate()
        process.wait()
    server.shutdown()
    tally.check("the page reported", ended and results, "nothing within 300 s")
    for one in results:
        tally.check(one["what"], one["ok"], one["got"])


def main():
    page, depyler = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    tally = Tally()
    same_as_native(tally, page, depyler)
    in_chromium(tally, page)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return tally.failed > 0


sys.exit(main())
