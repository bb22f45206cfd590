"""`apr chat` as a person has it, on a pseudo-terminal, and as a script has it, on pipes."""
import json
import os
import pathlib
import signal
import stat
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import run_cases  # noqa: E402
from terminal import Terminal  # noqa: E402

BUDGET = r"\[(\d+) of (\d+) tokens, [\d.]+ tokens/s\]"
UP, LEFT, HOME, END = "\x1b[A", "\x1b[D", "\x1b[H", "\x1b[F"
CTRL_A, CTRL_C, CTRL_D, CTRL_K, CTRL_R, CTRL_W = (chr(ord(letter) - 64) for letter in "ACDKRW")


class Talk(Terminal):
    """A chat with nano, greedy, in a scratch folder."""

    def __init__(self, apr, home, *options, term="xterm", model="nano"):
        environment = dict(run_cases.environment(apr, home), TERM=term)
        super().__init__([str(apr), "chat", model, "--temperature", "0", *options], environment)

    def line(self, text, answer):
        self.expect("> $")
        self.send(text + "\r")
        return self.expect(answer)

    def quit(self):
        self.expect("> $")
        self.send("/quit\r")
        assert self.wait() == 0, self.status


def scratch(check):
    def run(apr):
        with tempfile.TemporaryDirectory() as home:
            check(apr, home)
    return run


def saved(path):
    return json.loads(pathlib.Path(path).read_text())["messages"]


@scratch
def check_answers_and_shows_what_is_left_of_the_context(apr, home):
    with Talk(apr, home) as talk:
        talk.expect("context 1024")
        first = talk.line("What is 2 + 2?", BUDGET)
        second = talk.line("And 3 + 3?", BUDGET)
        assert 0 < int(first[1]) < int(second[1]) < 1024 and first[2] == second[2] == "1024"
        told = talk.line("/tokens", r"(\d+) of 1024 tokens used, (\d+) left")
        assert told[1] == second[1] and int(told[1]) + int(told[2]) == 1024
        talk.quit()


@scratch
def check_the_line_is_edited(apr, home):
    with Talk(apr, home) as talk:
        talk.line("/system ac" + LEFT + "b", "message set")
        talk.line("/system", "system message: abc\n")
        talk.line("system one two" + CTRL_W + CTRL_A + "/", "message set")
        talk.line("/system", "system message: one\n")
        talk.line("x/system" + HOME + "\x1b[3~" + END + " café 你好" + LEFT + "\x7f", "message set")  # delete, backspace
        talk.line("/system", "system message: café 好\n")
        talk.line("/system" + LEFT * 3 + CTRL_K + "\t three", "message set")  # Tab completes /sys
        talk.line("/system", "system message: three\n")
        talk.quit()


@scratch
def check_history_comes_back_in_the_next_run_and_is_private(apr, home):
    with Talk(apr, home) as talk:
        talk.line("/system first", "message set")
        talk.line("/system second", "message set")
        talk.line(UP + UP, "message set")
        talk.line("/system", "system message: first\n")
        talk.quit()
    path = pathlib.Path(home, ".local/state/sovereign/chat_history")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with Talk(apr, home) as talk:
        talk.line(CTRL_R + "second\r", "message set")
        talk.line("/system", "system message: second\n")
        talk.quit()
    before = path.read_bytes()
    with Talk(apr, home, "--no-history") as talk:
        talk.line("/system third", "message set")
        talk.quit()
    assert path.read_bytes() == before


@scratch
def check_entries_of_several_lines(apr, home):
    with Talk(apr, home, "--max-tokens", "2") as talk:
        talk.expect("> $")
        talk.send("one\\\r")
        talk.expect(r"\.\.\. $")
        talk.send("two\r")
        talk.expect(BUDGET)
        talk.expect("> $")
        talk.send('"""three\r')
        talk.expect(r"\.\.\. $")
        talk.send('four"""\r')
        talk.expect(BUDGET)
        talk.line("\x1b[200~five\nsix\x1b[201~", BUDGET)  # pasted
        talk.line("seven\x1b\reight", BUDGET)  # Alt-Enter
        talk.line(f"/save {home}/said.json", "saved 8 messages")
        talk.quit()
    said = [m["content"] for m in saved(f"{home}/said.json") if m["role"] == "user"]
    assert said == ["one\ntwo", "three\nfour", "five\nsix", "seven\neight"], said


@scratch
def check_slash_commands(apr, home):
    with Talk(apr, home, "--system", "Be brief.", "--max-tokens", "4") as talk:
        helped = talk.line("/help", r"(?s)/help .*Ctrl-C stops")[0]
        assert all(word in helped for word in ("/system", "/clear", "/tokens", "/save", "/load", "/quit")), helped
        talk.line("Hello", BUDGET)
        talk.line(f"/save {home}/one.json", "saved 3 messages")
        talk.line(f"/save {home}/one.json", "error: validation: .*exists")
        talk.line("/clear", "cleared")
        talk.line(f"/save {home}/two.json", "saved 1 messages")
        talk.line(f"/load {home}/none.json", "error: not found")
        talk.line(f"/load {home}/one.json", "loaded 3 messages")
        talk.line("/system -", "removed")
        talk.line(f"/save {home}/three.json", "saved 2 messages")
        talk.line("/sytem x", "did you mean '/system'")
        talk.line("/save", "needs a file name")
        talk.quit()
    assert [m["role"] for m in saved(f"{home}/one.json")] == ["system", "user", "assistant"]
    assert saved(f"{home}/two.json") == [{"role": "system", "content": "Be brief."}]
    assert saved(f"{home}/three.json") == saved(f"{home}/one.json")[1:]


@scratch
def check_ctrl_c_clears_the_line_and_stops_an_answer_but_not_the_chat(apr, home):
    # The scalar device is slow enough for a hand on Ctrl-C to be in time.
    with Talk(apr, home, "--device", "ref", model="micro") as talk:
        talk.line("half a line" + CTRL_C, r"\^C")
        talk.line("Write a Python function to merge two sorted lists.", "def")
        talk.send(CTRL_C)
        talk.expect(r"stopped after \d+ tokens; the unfinished answer stays")
        talk.line("/tokens", "tokens used")
        talk.line(f"/save {home}/cut.json", "saved 2 messages")
        talk.expect("> $")
        talk.send(CTRL_D)
        assert talk.wait() == 0
    assert "def" in saved(f"{home}/cut.json")[1]["content"]


@scratch
def check_a_message_that_does_not_fit_is_refused_and_the_chat_goes_on(apr, home):
    with Talk(apr, home, "--context-length", "48") as talk:
        talk.line("word " * 60, r"error: .*the context holds 48; /clear starts over")
        talk.line("/tokens", "of 48 tokens used")
        talk.line("Hi", r"\[\d+ of 48 tokens")
        talk.quit()


@scratch
def check_sigterm_ends_it_with_130(apr, home):
    with Talk(apr, home) as talk:
        talk.expect("> $")
        os.kill(talk.pid, signal.SIGTERM)
        assert talk.wait() == 130, talk.status


@scratch
def check_sigint_at_the_prompt_keeps_talking(apr, home):
    with Talk(apr, home) as talk:
        for _ in range(3):
            talk.expect("> $")
            os.kill(talk.pid, signal.SIGINT)
            talk.expect(r"\^C")
        talk.expect("> $")
        talk.line("/quit", "")
        assert talk.wait() == 0


@scratch
def check_a_dumb_terminal_gets_no_escapes(apr, home):
    with Talk(apr, home, term="dumb") as talk:
        talk.line("What is 2 + 2?", "\n")
        talk.line("/quit", "")
        assert talk.wait() == 0
    assert "\x1b" not in talk.seen, talk.seen


def pipe(apr, home, text, *options):
    return subprocess.run([str(apr), "chat", "nano", "--temperature", "0", *options], input=text, capture_output=True, text=True,
                          env=run_cases.environment(apr, home), timeout=120, check=False)


@scratch
def check_a_pipe_gets_answers_alone(apr, home):
    done = pipe(apr, home, "What is 2 + 2?\nWhat is 3 + 3?\n")
    assert done.returncode == 0 and done.stderr == "" and "\x1b" not in done.stdout, done
    assert len(done.stdout.splitlines()) >= 2 and ">" not in done.stdout, done.stdout


@scratch
def check_json_is_a_line_an_answer(apr, home):
    done = pipe(apr, home, "What is 2 + 2?\nWhat is 3 + 3?\n", "--json")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["role"] for row in rows] == ["assistant"] * 2 and all(row["content"] for row in rows), rows
    plain = pipe(apr, home, "What is 2 + 2?\nWhat is 3 + 3?\n").stdout
    assert plain == "".join(row["content"] + "\n" for row in rows), (plain, rows)


@scratch
def check_a_script_stops_at_what_goes_wrong(apr, home):
    done = pipe(apr, home, "/load nothing.json\nWhat is 2 + 2?\n")
    assert done.returncode == 3 and done.stdout == "" and "not found" in done.stderr, done
