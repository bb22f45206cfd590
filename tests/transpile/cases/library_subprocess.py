import argparse, subprocess, sys
def show(title, done):
    print(f"{title}: code={done.returncode} out={done.stdout!r} err={done.stderr!r}")
def main():
    parser = argparse.ArgumentParser(description="subprocess demo")
    parser.add_argument("--word", default="hello")
    args = parser.parse_args()
    show("echo", subprocess.run(["echo", args.word], capture_output=True, text=True))
    show("bytes", subprocess.run(["echo", "x"], stdout=subprocess.PIPE))
    show("cat", subprocess.run(["cat"], input="a\nb\n", text=True, capture_output=True))
    show("shell", subprocess.run("echo out; echo err >&2; exit 3", shell=True, capture_output=True, text=True))
    show("merged", subprocess.run("echo out; echo err >&2", shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True))
    try:
        subprocess.run(["false"], check=True)
    except subprocess.CalledProcessError as e:
        print("failed:", e, e.returncode, e.cmd)
    try:
        subprocess.run(["sh", "-c", "echo oops >&2; exit 2"], check=True, capture_output=True, text=True)
    except subprocess.CalledProcessError as exc:
        print(exc.returncode, exc.stderr.strip(), repr(exc.stdout))
    try:
        subprocess.run(["sleep", "5"], timeout=0.1)
    except subprocess.TimeoutExpired as e:
        print("timeout:", e.cmd, e.timeout > 0)
    out = subprocess.check_output(["printf", "a b c"], text=True)
    for i, word in enumerate(out.split()):
        print(i, word)
    print(subprocess.check_output(["echo", "b"]).decode().strip())
    print(subprocess.call(["true"]), subprocess.getoutput("echo q"), subprocess.getstatusoutput("exit 4"))
    p = subprocess.Popen(["tr", "a-z", "A-Z"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    out, err = p.communicate("shout")
    print(out, err, p.returncode, p.poll())
    with subprocess.Popen(["echo", "ctx"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as q:
        data, errors = q.communicate()
        print(data.decode().strip(), errors, q.wait())
    env = {"NAME": "zed", "PATH": "/usr/bin:/bin"}
    print(subprocess.run("echo $NAME", shell=True, env=env, capture_output=True, text=True).stdout.strip())
    try:
        subprocess.run(["no-such-program-x"])
    except FileNotFoundError as e:
        print(e)
    result = subprocess.run(["echo", "one"], stdout=subprocess.DEVNULL)
    print(result.returncode, result)
    return 0
if __name__ == "__main__":
    sys.exit(main())
