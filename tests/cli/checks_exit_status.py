"""Every documented exit status, the same with and without --json, with one JSON document that repeats it."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import damaged_models  # noqa: E402
import run_cases  # noqa: E402

NANO = run_cases.ROOT / "models" / "nano"


def run(apr, words):
    return subprocess.run([str(apr), *words], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120,
                          env=run_cases.environment(apr, "/nonexistent"), check=False)


def failing_commands(folder):
    """{status: command lines that end with it}"""
    damaged = {fault.__name__: str(damaged_models.make(NANO, f"{folder}/{fault.__name__}", fault))
               for fault in (damaged_models.missing_tensor, damaged_models.truncated_file, damaged_models.nan_weight,
                             damaged_models.no_tokenizer)}
    os.mkfifo(f"{folder}/pipe")
    hostile = pathlib.Path(folder, "loop.jinja")
    hostile.write_text("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}")
    for name in ("exists", "exists.gguf"):
        shutil.copyfile(NANO / "config.json", f"{folder}/{name}")
    many = "word " * 2000
    return {
        2: [["run"], ["run", "nano", "x", "-n", "many"], ["tensors", "nano", "--sats"], ["nonsense"], ["run", "nano", ""]],
        3: [["run", f"{folder}/nothing.gguf", "x"], ["tensors", "nano", "--filter", "zzz"], ["hex", "nano", "--tensor", "zzz"],
            ["tokenize", damaged["no_tokenizer"], "x"]],
        4: [["run", damaged["truncated_file"], "x"], ["inspect", damaged["truncated_file"]], ["inspect", f"{folder}/exists"]],
        5: [["check", damaged["nan_weight"]], ["diff", "nano", "micro"], ["convert", str(NANO), "-o", f"{folder}/exists.gguf", "--quiet"]],
        6: [["run", damaged["missing_tensor"], "x"], ["chat", damaged["missing_tensor"]]],
        7: [["inspect", f"{folder}/pipe"]],
        8: [["run", "nano", many], ["template", str(hostile)]],
        9: [["serve", "nano"], ["run", "nano", "x", "--gpu"], ["run", "hf://a/b", "x"]],
    }


def check_statuses_are_as_documented_with_and_without_json(apr):
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        for status, lines in failing_commands(folder).items():
            for words in lines:
                plain, as_json = run(apr, words), run(apr, [*words, "--json"])
                errors = [line for line in plain.stderr.splitlines() if line.startswith("error: ")]
                try:
                    document = json.loads(as_json.stdout)
                except json.JSONDecodeError:
                    document = {}
                # A command that reports what it found prints its report; any other one the error.
                told = document.get("error", {}).get("exit_status", status if document else None)
                if (plain.returncode, as_json.returncode, told, len(errors)) != (status, status, status, 1):
                    wrong.append(f"{words} wanted {status}: {plain.returncode}, --json {as_json.returncode} {told}, {errors}")
    assert not wrong, "\n".join(wrong)
