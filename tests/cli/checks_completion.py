"""The completion scripts in their shells, with a Tab key. A shell that is not installed is skipped, and counted so."""
import pathlib
import shutil
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import run_cases  # noqa: E402
from terminal import Terminal  # noqa: E402


def complete(apr, words, setup, typed, wanted):
    """Types into an interactive shell without the user's configuration."""
    if shutil.which(words[0]) is None:
        raise run_cases.Skip(f"no {words[0]}")
    with tempfile.TemporaryDirectory() as home:
        environment = dict(run_cases.environment(apr, home), TERM="xterm", PS1="ready> ")
        with Terminal(words, environment, width=200) as shell:
            shell.send(setup + "; echo loa''ded\r")
            shell.expect("\n\\s*loaded", 110)
            for line, result in zip(typed, wanted):
                shell.send(line + "\t")
                shell.expect(result, 20)
                shell.send("\x15")  # Ctrl-U clears the line


TYPED = ["apr chec", "apr run --temper", "apr run --device re", "apr rosetta fing"]
WANTED = ["apr check", "apr run --temperature", "apr run --device ref", "apr rosetta fingerp"]


def check_bash(apr):
    complete(apr, ["bash", "--norc", "--noprofile", "-i"], "source <(apr completion bash)", TYPED, WANTED)


def check_zsh(apr):
    complete(apr, ["zsh", "-f", "-i"], "PS1='ready> '; source <(apr completion zsh)", TYPED, WANTED)


def check_fish(apr):
    complete(apr, ["fish", "--no-config", "-i"], "apr completion fish | source", TYPED, WANTED)
