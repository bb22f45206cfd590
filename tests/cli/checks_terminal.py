"""What a terminal gets that a pipe does not: colour, progress, sanitised text; and what Ctrl-C does to `apr run`."""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import run_cases  # noqa: E402
from terminal import Terminal  # noqa: E402

PROMPT = "def merge_sorted(a, b):"


def on_terminal(apr, words, **extra):
    """(status, what the terminal was sent) of a command."""
    with tempfile.TemporaryDirectory() as home:
        environment = dict(run_cases.environment(apr, home), TERM="xterm", **extra)
        with Terminal([str(apr), *words], environment) as terminal:
            return terminal.wait(120), terminal.seen


def on_pipe(apr, words, **extra):
    with tempfile.TemporaryDirectory() as home:
        return subprocess.run([str(apr), *words], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120,
                              env=dict(run_cases.environment(apr, home), TERM="xterm", **extra), check=False)


def check_colour_is_for_terminals_only(apr):
    for words in (["tensors", "nano", "--stats"], ["check", "nano", "--skip", "likelihood"], ["inspect", "nano"], ["nonsense"]):
        _, seen = on_terminal(apr, words)
        assert re.search(r"\x1b\[[0-9;]*m", seen), (words, seen)
        _, seen = on_terminal(apr, words, NO_COLOR="1")
        assert not re.search(r"\x1b\[[0-9;]*m", seen), (words, seen)
        piped = on_pipe(apr, words)
        assert "\x1b" not in piped.stdout + piped.stderr, (words, piped)


def check_work_above_a_second_shows_progress_and_wipes_it(apr):
    words = ["run", "micro", PROMPT, "--device", "ref", "--no-stream", "--ignore-eos", "-n", "150"]  # some four seconds
    status, seen = on_terminal(apr, words)
    assert status == 0 and re.search(r"generating .*%", seen), seen
    last = seen[seen.rindex("generating"):]
    assert "\x1b[K" in last or "\x1b[2K" in last or "\r" in last, last
    status, seen = on_terminal(apr, [*words, "--quiet"])
    assert status == 0 and not re.search(r"generating .*%", seen), seen
    assert "generating" not in on_pipe(apr, words).stderr


def check_run_prints_text_as_it_is_generated(apr):
    with subprocess.Popen([str(apr), "run", "micro", PROMPT, "--device", "ref", "-n", "12"], stdout=subprocess.PIPE,
                          env=run_cases.environment(apr, "/nonexistent")) as run:
        first, parts = None, 0
        while os.read(run.stdout.fileno(), 65536):
            first, parts = first or time.monotonic(), parts + 1
        later = time.monotonic() - first
    assert run.returncode == 0 and parts >= 4 and later > 0, (run.returncode, parts, later)


def check_ctrl_c_stops_run_keeps_the_text_and_says_130(apr):
    with tempfile.TemporaryDirectory() as home:
        environment = dict(run_cases.environment(apr, home), TERM="xterm")
        with Terminal([str(apr), "run", "micro", PROMPT, "--device", "ref"], environment) as terminal:
            terminal.expect("[a-z]{3}")
            terminal.send("\x03")
            terminal.expect(r"cancelled: stopped after \d+ tokens")
            assert terminal.wait() == 130, terminal.status


def check_control_characters_of_an_answer_do_not_reach_a_terminal(apr):
    ids = on_pipe(apr, ["tokenize", "nano", "a\x1b[31mb"]).stdout.split()
    assert on_pipe(apr, ["detokenize", "nano", *ids]).stdout == "a\x1b[31mb"
    _, seen = on_terminal(apr, ["detokenize", "nano", *ids], NO_COLOR="1")
    assert "\x1b" not in seen and "a\ufffd[31mb" in seen, seen


def check_closing_the_reader_is_no_error(apr):
    done = subprocess.run(["bash", "-o", "pipefail", "-c", "apr tensors micro --json | head -1"], capture_output=True, text=True,
                          env=run_cases.environment(apr, "/nonexistent"), timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done


def check_json_documents_parse_and_stand_alone(apr):
    for words in (["run", "nano", "def f(x):", "-n", "4"], ["inspect", "nano"], ["tensors", "nano", "--stats"], ["tree", "nano"],
                  ["tokenize", "nano", "a b"], ["detokenize", "nano", "5"], ["env"], ["list"], ["--version"],
                  ["hw", "--no-measure"], ["check", "nano"]):
        done = on_pipe(apr, [*words, "--json"])
        assert done.returncode == 0 and isinstance(json.loads(done.stdout), dict), (words, done)
