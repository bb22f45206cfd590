"""A list of fixtures, each with what a reader must answer."""
import json
import pathlib


class Suite:
    """Fixtures of one format, written as FOLDER/NAME plus one row each in cases.json."""

    def __init__(self, folder, extension):
        self.folder, self.extension, self.files, self.cases = folder, extension, {}, []

    def add(self, name, data, code, *says, **options):
        """`data`: bytes of one file, or {name: bytes} for a folder of files. `code`: "ok" or the error's word.
        `says`: what the error (or one of the warnings) must contain. Options: why, max_decompressed, open (the
        file of a folder to open)."""
        path = f"{self.folder}/{name}"
        if isinstance(data, dict):
            for part, content in data.items():
                self.put(f"{path}/{part}", content)
            if "open" in options:
                path += "/" + options.pop("open")
        else:
            path += self.extension
            self.put(path, data)
        self.cases.append({"file": path, "code": code, "says": list(says), **options})

    def put(self, path, content):
        assert path not in self.files, path
        self.files[path] = content


def write(suites, root):
    root = pathlib.Path(root)
    for path, content in all_files(suites).items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def all_files(suites):
    files = {}
    for suite in suites:
        files.update(suite.files)
    rows = ",\n".join(json.dumps(case, ensure_ascii=True) for suite in suites for case in suite.cases)
    files["cases.json"] = f"[\n{rows}\n]\n".encode()
    return files
