#!/usr/bin/env python3
"""Joins page.html with its style, scripts, example programs and the WebAssembly module. Usage: bundle.py MODULE OUT"""
import base64
import gzip
import json
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def version():
    git = subprocess.run(["git", "-C", HERE, "describe", "--always", "--dirty", "--abbrev=12"], capture_output=True, text=True)
    project = re.search(r"VERSION (\S+)", (HERE.parent.parent / "CMakeLists.txt").read_text().split("project(")[1])
    return f"sovereign {project[1]} ({git.stdout.strip() or 'unknown'})"


def main():
    module, out = sys.argv[1:]
    programs = [{"name": path.name, "text": path.read_text()} for path in sorted(HERE.glob("programs/*.py"))]
    values = {
        "css": (HERE / "page.css").read_text(),
        "module": base64.b64encode(gzip.compress(pathlib.Path(module).read_bytes(), 9, mtime=0)).decode(),
        "worker": (HERE / "worker.js").read_text(),
        "programs": json.dumps(programs).replace("</", "<\\/"),
        "script": (HERE / "page.js").read_text(),
        "version": version(),
    }
    page = re.sub(r"@(\w+)@", lambda found: values[found[1]], (HERE / "page.html").read_text())
    partial = pathlib.Path(out + ".new")
    partial.write_text(page)
    os.replace(partial, out)
    print(f"{out}: {len(page) / 1e6:.1f} MB")


main()
