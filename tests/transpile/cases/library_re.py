import re

PATTERN = re.compile(r"(?P<user>[\w.]+)@(?P<host>[\w.]+)", re.IGNORECASE)


def double(m):
    return str(int(m.group(0)) * 2)


def tokens(text):
    spec = [("NUM", r"\d+(\.\d*)?"), ("ID", r"[A-Za-z_]\w*"), ("OP", r"[+\-*/()=]"), ("WS", r"\s+"), ("BAD", r".")]
    master = "|".join(f"(?P<{name}>{pattern})" for name, pattern in spec)
    for m in re.finditer(master, text):
        kind = m.lastgroup
        if kind == "WS":
            continue
        yield kind, m.group(), m.start(), m.end()


def main():
    text = "Contact: Ann.Lee@Example.com, bob@test.org; 12 apples 7 pears 2024-01-15"
    for m in PATTERN.finditer(text):
        print(m.group(), m.group("user"), m["host"], m.groups(), m.groupdict(), m.span(), m.start("host"))
    m = PATTERN.search(text)
    if m:
        print(m.group(1, 2), m.expand(r"\g<host>!\1"), m.lastindex, m.lastgroup, m.re.pattern, m.pos, m.endpos)
    print(PATTERN.findall(text), PATTERN.pattern, PATTERN.flags, PATTERN.groups, dict(PATTERN.groupindex))
    print(re.findall(r"\d+", text), re.findall(r"(\d+) (\w+)", text), re.split(r"[;,]\s*", text), re.split(r"(\d)", "a1b2c"), re.split(r",", "a,b,c", maxsplit=1))
    print(re.sub(r"\d+", double, text), re.sub(r"\s+", " ", "a  b \n c"), re.subn("a", "b", "banana"), re.sub(r"(\w+) (\w+)", r"\2 \1", "hello world", count=1))
    print(re.sub(r"(?P<y>\d{4})-(?P<m>\d\d)", r"\g<m>/\g<y>", "2024-01"), re.sub("x*", "-", "abc"), re.sub(r"\b(\w)", lambda m: m.group(1).upper(), "the quick fox"))
    print(re.match(r"\d+", "abc"), re.fullmatch(r"[a-z]+", "abc"), bool(re.match("a.c", "a\nc", re.DOTALL)), re.search("^b", "a\nb", re.M))
    print(re.escape("a.b*c[d]"), re.compile("a|b"), list(tokens("x = 3.14 * (y + 2)")))
    date = re.match(r"(\d{4})-(\d{2})-(\d{2})$", "2024-01-15")
    if date:
        y, mo, d = map(int, date.groups())
        print(y, mo, d)
        year, month, day = date.groups()
        print(year + month + day)
    verbose = re.compile(r"""
        (\d+)   # number
        \s*
        (px|em) # unit
    """, re.VERBOSE)
    print(verbose.match("12 px").groups(), verbose.fullmatch("3em"), verbose.match("x"))
    print(re.findall(r"(?<=\$)\d+(?!\d)", "$10 $200 x30"), re.findall(r"(?i)the", "The the"), re.findall(r"a{2,3}?", "aaaa"), re.findall(r"(?:ab)+", "ababx ab"))
    opt = re.match(r"(a)(b)?", "a")
    print(opt.groups(), opt.groups("-"), opt.group(2), opt.span(2))
    for bad in ["(", "[a", "*a", "a{2,1}", "(?P<n>a)(?P<n>b)", "\\"]:
        try:
            re.compile(bad)
        except re.error as e:
            print(repr(bad), e, "|", e.msg, e.pos)
    print(re.purge(), re.NOFLAG == 0)
    flags = 0
    flags |= re.IGNORECASE
    p = re.compile("HELLO", flags)
    print(p.search("say hello").group(), p.sub("X", "hello hello", count=1), p.split("aHELLOb"), p.subn("y", "hello"))
    count = sum(1 for _ in re.finditer("a", "banana"))
    print(count, [m.start() for m in re.finditer("an", "banana")], re.search(r"(\d+)", "ab12")[1])


main()
