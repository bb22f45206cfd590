"""Programs about strings, formats and numbers. `fill` puts values of its own into a template before the holes are filled."""

TEXTS = ["", "a", "abc", "Hello, World", "x,y,,z", "  pad  ", "1234", "-7", "+3.5", "äöü ß", "tab\tend\tx", "MiXed cAse", "aa bb aa", "line1\nline2\r\nline3\n", "don't stop",
         "ﬁ ǆ İ", "日本語テキスト", "😀 ok 😀", "e\u0301a", "\x00\x1f\x7f", "quote'\"both", "back\\slash", "0x1F", "1_000", "½ ² ٣", "_id9", "for", "αΒΓ ς Σ", "\u00a0nb\u2003sp", "a-b_c.d", "%d {x} {{", "aaaa", "ZzZ"]
PARTS = ["", "a", "b", ",", " ", "aa", "1", "l", "é", "ß", "\n", "-", "bb", "😀", "xyz"]
INTS = [0, 1, -1, 2, 7, -7, 10, 255, -256, 1000, 99999, 2**31 - 1, -2**31, 2**32, 2**53, 2**53 + 1, 2**62, -2**62, 2**63 - 1, -2**63, 2**63, 2**64, -2**64 + 1, 10**18, 10**19, 10**25, -10**30 + 7, 123456789, 3**50]
SMALL = [0, 1, -1, 2, 3, 5, 7, -3, -7, 10, 13, 63, 64, 100]
FLOATS = ["0.0", "-0.0", "1.0", "-1.5", "0.1", "2.5", "3.5", "-2.5", "1e16", "1e15", "123456789.125", "1e-5", "0.0001", "1e22", "1e300", "5e-324", "1.7976931348623157e308", "float('inf')", "-float('inf')", "float('nan')",
          "0.5", "1e23", "9007199254740993.0", "2.675", "1.005", "1234567.891", "0.30000000000000004", "100.0", "-99.995", "1/3", "4.35"]

STRINGS = """
def f§(s: str, p: str) -> str:
    #+ s str
    #+ p str
    out = []
    * out.append(s.split())
    * out.append(s.split(p))
    * out.append(s.split(p, «0¦1¦2¦-1»))
    * out.append(s.split(None, «0¦1¦2»))
    * out.append(s.split(maxsplit=1))
    * out.append(s.rsplit(p, «1¦2»))
    * out.append(s.rsplit(None, 1))
    * out.append(s.partition(p))
    * out.append(s.rpartition(p))
    * out.append(s.splitlines(«¦True»))
    * out.append(s.expandtabs(«¦4¦0»))
    * out.append(s.replace(p, «'_'¦''¦p + p»«¦, 1¦, 0¦, -1»))
    * out.append(s.strip(«¦p¦None¦" ab"»))
    * out.append(s.lstrip(«¦p»)+ '|' + s.rstrip(«¦p»))
    * out.append(s.removeprefix(p) + '|' + s.removesuffix(p))
    * out.append(s.«find¦rfind¦count»(p«¦, 1¦, -3¦, 1, 4¦, 2, -1¦, 0, 100»))
    * out.append(s.«index¦rindex»(p«¦, 1¦, 0, 4»))
    * out.append((s.«startswith¦endswith»(p), s.«startswith¦endswith»((p, 'a', 'o')), s.«startswith¦endswith»(p, «1¦-2»)))
    * out.append(s.«upper¦lower¦title¦capitalize¦swapcase¦casefold»())
    * out.append(s.title() + s.capitalize() + s.swapcase())
    * out.append([c.«isalpha¦isdigit¦isnumeric¦isdecimal¦isalnum¦isupper¦islower¦isspace¦isprintable¦istitle¦isidentifier¦isascii»() for c in s])
    * out.append((s.isalpha(), s.isdigit(), s.isupper(), s.islower(), s.istitle(), s.isspace(), s.isidentifier(), s.isprintable(), s.isascii()))
    * out.append(s.«center¦ljust¦rjust»(«0¦3¦12¦15¦20»«¦, '*'¦, "é"»))
    * out.append(s.zfill(«0¦5¦12»))
    * out.append(p.join(s))
    * out.append(p.join([s, p, 'x']))
    * out.append(p.join(c for c in s if c != 'a'))
    * out.append(s[«int_»:«int_»] + '|' + s[::«-1¦2¦-2»])
    * out.append(s[«0¦-1¦2¦50»])
    * out.append(s * «0¦2¦-1» + p)
    * out.append((p in s, s < p, s == p, s >= p, max(s, p), min(s, p)))
    * out.append(sorted(s))
    * out.append(''.join(sorted(set(s))))
    * out.append(''.join(reversed(s)))
    * out.append([ord(c) for c in s][:6])
    * out.append(''.join(chr(ord(c) + 1) for c in s if ord(c) < 1000))
    * out.append(repr(s) + ascii(s) + str(s))
    * out.append(s.encode(«¦'utf-8'»))
    * out.append(s.encode('utf-8').decode() == s)
    * out.append(s.translate(str.maketrans('abc', 'xyz')))
    * out.append(s.translate(str.maketrans({'a': 'AA', 'b': None, 'c': 'c'})))
    * out.append(s.translate(str.maketrans('ab', 'ba', 'l ')))
    * out.append({c: s.count(c) for c in s})
    * out.append(list(enumerate(s, 1))[:3])
    * out.append(list(zip(s, p)))
    * out.append(dict(zip(s, range(9))))
    * out.append([w.capitalize() for w in s.split(' ')])
    * out.append(len(s) + len(p) + hash(s == p))
    * out.append(all(c in s for c in p) or any(c.isdigit() for c in s))
    * out.append(s.lower().split('l')[-1].strip()[:3].upper())
    * out.append(f'{s!r:>20}|{p!s:<4}|{s:.3}|{s!a}')
    * out.append(int(s))
    * out.append(float(s))
    for item in out:
        print(item)
    return p
> f§(@text, @part)
> f§(@text, @part)
> f§(@text, @part)
"""

FORMATS = """
def f§(i: int, x: float, s: str, b: bool) -> str:
    out = []
    * out.append(f"{i:@ispec}")
    * out.append(f"{i:@ispec}")
    * out.append(f"{i:@ispec}")
    * out.append(f"{x:@fspec}")
    * out.append(f"{x:@fspec}")
    * out.append(f"{x:@fspec}")
    * out.append(f"{s:@sspec}|{s!r:@sspec}")
    * out.append(f"{b:@ispec}")
    * out.append(f"{b!r:@sspec} {b} {b:}")
    * out.append(format(i, '@ispec'))
    * out.append(format(x, '@fspec'))
    * out.append(format(s, '@sspec'))
    * out.append('{:@ispec}|{:@fspec}'.format(i, x))
    * out.append('{0:@ispec}{1:@sspec}{0}'.format(i, s))
    * out.append('{a:@fspec}{b!r}'.format(a=x, b=s))
    * out.append('{:{w}}|{:{f}{a}{w}}'.format(i, s, w=«5¦12», f='*', a=«'<'¦'^'¦'>'»))
    * out.append(f"{i:{len(s) + 4}}|{s:^{len(s) + 3}}|{x:.{«0¦1¦3»}f}|{x:{12}.{2}e}")
    * out.append('%@pint|%@pint' % (i, i))
    * out.append('%@pfloat|%@pfloat' % (x, x))
    * out.append('%@pstr|%@pstr|%%' % (s, i))
    * out.append('%(a)@pint %(b)@pstr' % {'a': i, 'b': s})
    * out.append('%*d|%-*d' % (8, i, 6, i))
    * out.append('%s' % s + '%s %s' % (i, [s]) + '%r' % (x,))
    * out.append(f"{i=} {x=:.2f} {s=} {i + 1 = }")
    * out.append(f"{{{i}}} {'x' if b else 'y'} {s[:2]!r} {[i, x]} {(i, s)} { {s: i} }")
    * out.append(f"{i:,} {i:_} {i:_x} {x:,} {x:_.3f}")
    * out.append(str(i) + repr(x) + str(b) + str([s, x, None, i, (i,)]))
    * out.append(str(round(x, «0¦1¦2¦-1¦-2»)) if x == x and abs(x) < 1e300 else 'skip')
    * out.append('{0.real} {1[0]} {2[k]}'.format(i, [x], {'k': s}))
    for item in out:
        print(item)
    return s
> f§(@int, @float, @text, «True¦False»)
> f§(@int, @float, @text, «True¦False»)
> f§(@int, @float, @text, «True¦False»)
"""

DYNAMIC_SPECS = """
def i§(v: int, spec: str) -> str:
    return format(v, spec)
def x§(v: float, spec: str) -> str:
    return f'[{v:{spec}}]'
def s§(v: str, spec: str) -> str:
    return ('{:' + spec + '}').format(v)
def p§(v: float, spec: str) -> str:
    return ('%' + spec) % v
> i§(@int, '@ispec')
> i§(@int, '@ispec')
> i§(@int, '@ispec')
> x§(@float, '@fspec')
> x§(@float, '@fspec')
> x§(@float, '@fspec')
> s§(@text, '@sspec')
> s§(@text, '@sspec')
> p§(@float, '@pfloat')
"""

INTEGERS = """
import math
def f§(a: int, b: int, n: int) -> str:
    out = []
    * out.append(a * b)
    * out.append(a * b * b)
    * out.append(a ** n)
    * out.append(b ** n % «97¦-97¦1000007»)
    * out.append(pow(a, n, «97¦1000007¦-5»))
    * out.append(a << n)
    * out.append(b >> n)
    * out.append((a * b) >> n)
    * out.append((a * a) // b)
    * out.append((a * a) % b)
    * out.append(divmod(a * a, b))
    * out.append(divmod(a, b))
    * out.append((a // b, a % b, -a // b, a % -b))
    * out.append(a / b)
    * out.append((a * a * a) / (b * b * b))
    * out.append(a & b | 5)
    * out.append((a ^ b, ~a, a & 0xFFFF, a | -b))
    * out.append(((a * 31) ^ b) & 0xFFFFFFFF)
    * out.append((a * 6364136223846793005 + 1442695040888963407) % 2**64)
    * out.append((a.bit_length(), b.bit_count() if b >= 0 else 0))
    * out.append((a * a).bit_length())
    * out.append(abs(a) * abs(b))
    * out.append(-a * 1)
    * out.append(a * 1.5)
    * out.append(float(a) + b)
    * out.append(int(float(a)))
    * out.append((a == float(a), a < float(b), a * b > 1e18, a == b))
    * out.append((bin(a), hex(b), oct(a)))
    * out.append(str(a * b)[::-1])
    * out.append(int(str(a)) * 2)
    * out.append(int(str(abs(a)), «10¦16¦12») * 1)
    * out.append(int(bin(a), 2) * int('-0x1F', 16))
    * out.append(math.gcd(a * b, b * 3))
    * out.append(math.lcm(abs(a) % 1000 + 1, abs(b) % 1000 + 1))
    * out.append(math.isqrt(abs(a) * abs(b)))
    * out.append(math.factorial(n % 30))
    * out.append(math.comb(n % 40 + 20, 10))
    * out.append(math.perm(n % 20 + 5, 5))
    * out.append(math.prod([a, b, n, 3]))
    * out.append(sum([a // 4, b // 4, n]))
    * out.append(sum(i * i for i in range(n % 50)))
    * out.append(round(a, -«1¦2¦3¦5»))
    * out.append(max(a, b) * 2 - min(a, b) * 2)
    * out.append([i ** 3 for i in (a % 100, b % 100)])
    * out.append(a.to_bytes(16, «'big'¦'little'», signed=True))
    * out.append(int.from_bytes((abs(b) % 2**40).to_bytes(8, 'little'), «'big'¦'little'») * 1)
    * out.append(sorted([a, b, n, 0]))
    * out.append(a if a else b)
    * out.append(bool(a) + bool(b) + True)
    * out.append({a: 'a', b: 'b', n: 'n'})
    * out.append(f'{a * b:,} {a * b:x} {a:e}')
    * out.append(hash(n) * 1)
    * out.append((2 ** 64) // (n or 1))
    * out.append((1 << 70) - (1 << n))
    for item in out:
        print(item)
    h = 1469598103934665603
    for c in str(a):
        h = (h ^ ord(c)) * 1099511628211 % 2**64
    x = 1
    for i in range(n % 40):
        x *= i + 1
    return f'{h} {x}'
> f§(@int, @int, @small)
> f§(@int, @small, @small)
> f§(@int, @int, @small)
"""

FLOATS_ = """
import math
def f§(x: float, y: float, n: int) -> str:
    out = []
    * out.append(x + y)
    * out.append(x * y - x)
    * out.append(x / y)
    * out.append(x // y)
    * out.append(x % y)
    * out.append(divmod(x, y))
    * out.append(x ** «2¦3¦0¦-1¦0.0»)
    * out.append(abs(x) ** «0.5¦1.5¦-0.5»)
    * out.append((x < y, x == y, x <= y, x != x, x > n, x == n))
    * out.append((max(x, y), min(x, y), max(x, n), min(n, x)))
    * out.append(sorted([x, y, 0.0, 1.5]))
    * out.append(sum([x, y, 0.1, 0.2, 0.3]))
    * out.append(math.fsum([x, y, 0.1, 0.2, 0.3]))
    * out.append(round(x))
    * out.append(round(x, «0¦1¦2¦3¦-1»))
    * out.append(int(x))
    * out.append((math.floor(x), math.ceil(x), math.trunc(y)))
    * out.append((x.is_integer(), -x, +x, abs(x)))
    * out.append(x.as_integer_ratio())
    * out.append(x.hex())
    * out.append((math.isnan(x), math.isinf(y), math.isfinite(x)))
    * out.append(math.isclose(x, y, «rel_tol=1e-9¦abs_tol=0.5»))
    * out.append(math.sqrt(x))
    * out.append((math.copysign(1.0, x), math.fabs(y)))
    * out.append(math.fmod(x, y))
    * out.append(math.modf(x))
    * out.append(math.frexp(x))
    * out.append(math.hypot(x, y) if abs(x) < 1e100 and abs(y) < 1e100 else 0)
    * out.append(math.log(x))
    * out.append((math.atan2(x, y)))
    * out.append((bool(x), bool(y), not x))
    * out.append({x: 1, y: 2, 1: 3}.get(1.0))
    * out.append([x, y] == [x, y])
    * out.append(x in [x, y] if x == x else None)
    * out.append([x, y].index(y) if y == y else None)
    * out.append(float(str(x)))
    * out.append(float('«1e3¦ -2.5 ¦inf¦nan¦1_0.5¦.5¦5.¦1e400»'))
    * out.append(f'{x} {y!r} {x:.3f} {y:g} {x:e}')
    * out.append(str(x) + repr(y))
    * out.append(n / 3 + n * 0.1)
    * out.append((x + n, x - n, n - x, x * n, n / (x or 1.0)))
    * out.append(n // 0.7 + n % 0.7)
    * out.append([i * 0.1 for i in range(n % 8)])
    * out.append(hash(x) if x == x else 0)
    for item in out:
        print(item)
    return str(x)
> f§(@float, @float, @small)
> f§(@float, @float, @small)
> f§(@float, @float, @small)
"""

PARSING = """
def parse§(text: str):
    for maker in (int, float):
        try:
            return maker(text)
        except ValueError as e:
            print(e)
    return text or None
def f§(s: str, p: str) -> str:
    value = parse§(s)
    tokens = []
    word = ''
    for c in s:
        if c.«isalnum()¦isalpha()¦isdigit()»:
            word += c
        elif word:
            tokens.append(word)
            word = ''
    if word:
        tokens.append(word)
    i = 0
    runs = []
    while i < len(s):
        j = i
        while j < len(s) and s[j] == s[i]:
            j += 1
        runs.append((s[i], j - i))
        i = j
    pairs = dict(part.split('=', 1) for part in f'a={s};b={p}=x'.split(';') if '=' in part) if ';' not in s else {}
    rot = ''.join(chr((ord(c) - 97 + 13) % 26 + 97) if 'a' <= c <= 'z' else c for c in s)
    caps = ''.join(w[:1].upper() + w[1:] for w in s.split(p)) if p else s
    return f'{value!r} {tokens} {runs} {pairs} {rot} {caps} {s == s[::-1]}'
> f§(@text, @part)
> f§(@text, @part)
> f§('«12¦ 7 ¦1_0¦0x10¦1e5¦-0¦+4¦inf¦--1¦1.¦٣¦1__0»', @part)
"""

SHAPES = [STRINGS, STRINGS, FORMATS, FORMATS, DYNAMIC_SPECS, INTEGERS, INTEGERS, FLOATS_, FLOATS_, PARSING]


def number_spec(rng, types):
    spec = rng.choice(["", "", "", "*", "0", "é", "x"])
    align = rng.choice(["<", ">", "^", "="]) if spec else rng.choice(["", "", "<", ">", "^", "="])
    return (spec + align + rng.choice(["", "", "+", "-", " "]) + rng.choice(["", "", "", "#"]) + rng.choice(["", "", "", "0"]) + rng.choice(["", "", "5", "12", "20"])
            + rng.choice(["", "", "", ",", "_"]) + rng.choice(types))


def int_spec(rng):
    return number_spec(rng, ["", "d", "d", "x", "X", "o", "b", "c", "e", ".2f", "g", "%", "n", ".3", "s"][:(15 if rng.random() < 0.3 else 7)])


def float_spec(rng):
    return number_spec(rng, [p + t for p in ("", ".0", ".1", ".2", ".3", ".6", ".10", ".17") for t in ("", "f", "F", "e", "E", "g", "G", "%")] + ["d", "s"][:int(rng.random() < 0.1)])


def str_spec(rng):
    return rng.choice(["", "*", "é", "-"]) * int(rng.random() < 0.5) and rng.choice("*é-") + rng.choice("<>^") + rng.choice(["", "8", "15"]) or (
        rng.choice(["", "<", ">", "^"]) + rng.choice(["", "5", "12"]) + rng.choice(["", ".0", ".2", ".5"]) + rng.choice(["", "s"]))


def percent_spec(rng, letters):
    return rng.choice(["", "", "-", "0", "+", " ", "#", "-+", "0+"]) + rng.choice(["", "", "5", "10"]) + rng.choice(["", "", ".2", ".0", ".5"]) + rng.choice(letters)


def literal_text(rng, texts):
    return repr(rng.choice(texts))


def fill(rng, text):
    """The marks with @ replaced by edge values, literals and random format specifications."""
    makers = {
        "@ispec": lambda: int_spec(rng), "@fspec": lambda: float_spec(rng), "@sspec": lambda: str_spec(rng),
        "@pint": lambda: percent_spec(rng, "dixXo"), "@pfloat": lambda: percent_spec(rng, "fFeEgG"), "@pstr": lambda: percent_spec(rng, "sra"),
        "@text": lambda: literal_text(rng, TEXTS), "@part": lambda: literal_text(rng, PARTS), "@int": lambda: str(rng.choice(INTS)),
        "@small": lambda: str(rng.choice(SMALL)), "@float": lambda: rng.choice(FLOATS),
    }
    for mark in makers:
        while mark in text:
            text = text.replace(mark, makers[mark](), 1)
    return text
