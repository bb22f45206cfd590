"""The files in models/ are what their cards say and what `tools/models/release` makes of the folders today."""
import filecmp
import hashlib
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import run_cases  # noqa: E402

MODELS = run_cases.ROOT / "models"
NAMES = ("micro", "nano")


def hashes_of_card(name):
    return {file: sha for sha, file in re.findall(r"^([0-9a-f]{64})  (\S+)$", (MODELS / name / "README.md").read_text(), re.M)}


def check_cards_give_the_hashes(apr):
    for name in NAMES:
        card = hashes_of_card(name)
        wanted = {"model.safetensors", "tokenizer.json", "config.json", f"../{name}.gguf", f"../{name}.apr"}
        assert set(card) == wanted, f"{name}: the card lists {sorted(card)}"
        for file, sha in card.items():
            got = hashlib.sha256((MODELS / name / file).read_bytes()).hexdigest()
            assert got == sha, f"{name}/{file}: the card says {sha}, the file is {got}"


def check_release_makes_the_same_bytes(apr):
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(["tools/models/release", apr, *NAMES, "--out", scratch], cwd=run_cases.ROOT, check=True,
                       capture_output=True, timeout=600)
        for name in NAMES:
            for extension in ("gguf", "apr"):
                made = pathlib.Path(scratch) / f"{name}.{extension}"
                assert filecmp.cmp(made, MODELS / made.name, shallow=False), f"{made.name} differs from the shipped one"


def check_default_download_is_small(apr):
    size = (MODELS / "micro.gguf").stat().st_size
    assert size < 16_000_000, size
