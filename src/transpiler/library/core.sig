# Methods of built-in types and functions that need no rules of their own; the rest is in emit/.
type ArgumentParser = argparse::ArgumentParser
type Subparsers = argparse::Subparsers
type ArgumentGroup = argparse::ArgumentGroup
type Namespace = argparse::Namespace
# argparse.Namespace() and types.SimpleNamespace() have rules in emit/namespaces.cpp
type SimpleNamespace = argparse_namespace::Namespace
fn Namespace.__contains__(self, key: &str) -> bool = {self}.has({key})

fn str.upper(self) -> str = .upper  # uses: strcase
fn str.lower(self) -> str = .lower  # uses: strcase
fn str.title(self) -> str = .title  # uses: strcase
fn str.capitalize(self) -> str = .capitalize  # uses: strcase
fn str.swapcase(self) -> str = .swapcase  # uses: strcase
fn str.casefold(self) -> str = .casefold  # uses: strcase
fn str.isalpha(self) -> bool = .isalpha  # uses: strcase
fn str.isdigit(self) -> bool = .isdigit  # uses: strcase
fn str.isdecimal(self) -> bool = .isdecimal  # uses: strcase
fn str.isnumeric(self) -> bool = .isnumeric  # uses: strcase
fn str.isalnum(self) -> bool = .isalnum  # uses: strcase
fn str.isspace(self) -> bool = .isspace  # uses: strcase
fn str.isupper(self) -> bool = .isupper  # uses: strcase
fn str.islower(self) -> bool = .islower  # uses: strcase
fn str.istitle(self) -> bool = .istitle  # uses: strcase
fn str.isidentifier(self) -> bool = .isidentifier  # uses: strcase
fn str.isprintable(self) -> bool = .isprintable  # uses: strcase
fn str.isascii(self) -> bool = .is_ascii  # uses: strm
fn str.find(self, sub: &str, start: opt[int] = None, end: opt[int] = None) -> int = .find  # uses: strm
fn str.rfind(self, sub: &str, start: opt[int] = None, end: opt[int] = None) -> int = .rfind  # uses: strm
fn str.index(self, sub: &str, start: opt[int] = None, end: opt[int] = None) -> int ! = .index  # uses: strm
fn str.rindex(self, sub: &str, start: opt[int] = None, end: opt[int] = None) -> int ! = .rindex  # uses: strm
fn str.count(self, sub: &str, start: opt[int] = None, end: opt[int] = None) -> int = .count  # uses: strm
fn str.startswith(self, prefix: &str, start: opt[int] = None, end: opt[int] = None) -> bool = .startswith  # uses: strm
fn str.endswith(self, suffix: &str, start: opt[int] = None, end: opt[int] = None) -> bool = .endswith  # uses: strm
fn str.removeprefix(self, prefix: &str) -> str = .removeprefix  # uses: strm
fn str.removesuffix(self, suffix: &str) -> str = .removesuffix  # uses: strm
fn str.replace(self, old: &str, new: &str, count: int = -1) -> str = .replace  # uses: strm
fn str.split(self, sep: opt[&str] = None, maxsplit: int = -1) -> list[str] ! = {self}.split({sep}, {maxsplit}).map(List::from)  # uses: strm list
fn str.rsplit(self, sep: opt[&str] = None, maxsplit: int = -1) -> list[str] ! = {self}.rsplit({sep}, {maxsplit}).map(List::from)  # uses: strm list
fn str.splitlines(self, keepends: bool = False) -> list[str] = List::from({self}.splitlines({keepends}))  # uses: strm list
fn str.partition(self, sep: &str) -> tuple[str, str, str] ! = .partition  # uses: strm
fn str.rpartition(self, sep: &str) -> tuple[str, str, str] ! = .rpartition  # uses: strm
fn str.strip(self, chars: opt[&str] = None) -> str = .strip  # uses: strm
fn str.lstrip(self, chars: opt[&str] = None) -> str = .lstrip  # uses: strm
fn str.rstrip(self, chars: opt[&str] = None) -> str = .rstrip  # uses: strm
fn str.ljust(self, width: int, fillchar: opt[&str] = None) -> str ! = .ljust  # uses: strm
fn str.rjust(self, width: int, fillchar: opt[&str] = None) -> str ! = .rjust  # uses: strm
fn str.center(self, width: int, fillchar: opt[&str] = None) -> str ! = .center  # uses: strm
fn str.zfill(self, width: int) -> str = .zfill  # uses: strm
fn str.expandtabs(self, tabsize: int = 8) -> str = .expandtabs  # uses: strm
fn float.is_integer(self) -> bool = float::is_integer({self})
fn sys.stdin.read() -> str ! = out::read_all
fn sys.stdin.readline() -> str ! = out::read_line
fn sys.stdin.readlines() -> list[str] ! = out::read_lines().map(List::from)
fn sys.stdin.isatty() -> bool = std::io::IsTerminal::is_terminal(&std::io::stdin())
attr sys.maxsize -> int = sys::maxsize
attr sys.platform -> str = sys::platform
attr sys.version -> str = sys::version
attr sys.byteorder -> str = sys::byteorder
fn sys.getrecursionlimit() -> int = sys::getrecursionlimit
fn sys.setrecursionlimit(n: int) -> none ! = sys::setrecursionlimit
attr exc.value -> any = gluev::stop_value(&{self})
attr exc.argument_name -> str ! = argparse_parse::error_part(&{self}, "argument_name")
attr exc.message -> str ! = argparse_parse::error_part(&{self}, "message")
attr exceptions.ArgumentTypeError -> any = argparse::ArgumentTypeError
attr exceptions.ArgumentError -> any = argparse::ArgumentError
attr ArgumentParser.prog -> str = .prog()
attr ArgumentParser.description -> opt[str] = {self}.0.borrow().description.clone()
attr ArgumentParser.epilog -> opt[str] = {self}.0.borrow().epilog.clone()
attr ArgumentParser.usage -> opt[str] = {self}.0.borrow().usage.clone()
fn ArgumentParser.__set_prog__(self, text: str) -> none = .set_prog
fn ArgumentParser.__set_description__(self, text: str) -> none = .set_description
fn ArgumentParser.__set_epilog__(self, text: str) -> none = .set_epilog
fn ArgumentParser.__set_usage__(self, text: str) -> none = .set_usage
attr argparse.SUPPRESS -> str = Str::lit("==SUPPRESS==")
attr argparse.REMAINDER -> str = Str::lit("...")
attr argparse.OPTIONAL -> str = Str::lit("?")
attr argparse.ZERO_OR_MORE -> str = Str::lit("*")
attr argparse.ONE_OR_MORE -> str = Str::lit("+")
fn argparse.ArgumentTypeError(message: str) -> exc = exc::new(&rt::argparse::ArgumentTypeError, {message})  # uses: argparse
attr sys.version_info -> tuple[int, int, int, str, int] = sys::version_info
attr sys.version_info.major -> int = 3i64
attr sys.version_info.minor -> int = 11i64
attr sys.version_info.micro -> int = 7i64
attr sys.hexversion -> int = 0x030b07f0i64
attr sys.maxunicode -> int = sys::maxunicode
attr sys.float_info.max -> float = f64::MAX
attr sys.float_info.min -> float = f64::MIN_POSITIVE
attr sys.float_info.epsilon -> float = f64::EPSILON
attr sys.float_info.dig -> int = 15i64
attr sys.float_info.mant_dig -> int = 53i64
attr sys.float_info.max_exp -> int = 1024i64
attr sys.float_info.min_exp -> int = -1021i64
attr sys.float_info.max_10_exp -> int = 308i64
attr sys.float_info.min_10_exp -> int = -307i64
attr sys.float_info.radix -> int = 2i64
attr sys.int_info.bits_per_digit -> int = 30i64
attr sys.implementation.name -> str = Str::lit("cpython")
fn sys.getdefaultencoding() -> str = Str::lit("utf-8")
fn sys.getfilesystemencoding() -> str = Str::lit("utf-8")
fn sys.intern(string: str) -> str = {string}
fn sys.stdout.writelines(lines: iter[str]) -> none = {lines}.iter().for_each(|s| out::write(s))
fn sys.stderr.writelines(lines: iter[str]) -> none = {lines}.iter().for_each(|s| out::write_err(s))
fn sys.stdout.isatty() -> bool = std::io::IsTerminal::is_terminal(&std::io::stdout())
fn sys.stderr.isatty() -> bool = std::io::IsTerminal::is_terminal(&std::io::stderr())
fn sys.stdin.fileno() -> int = i64::from(0i64)
fn sys.stdout.fileno() -> int = i64::from(1i64)
fn sys.stderr.fileno() -> int = i64::from(2i64)
attr sys.stdout.encoding -> str = Str::lit("utf-8")
attr sys.stdin.encoding -> str = Str::lit("utf-8")
attr keyword.kwlist -> list[str] = List::from(keyword::KEYWORDS.iter().map(|k| Str::lit(k)).collect::<Vec<_>>())  # uses: list
attr keyword.softkwlist -> list[str] = List::from(vec![Str::lit("_"), Str::lit("case"), Str::lit("match")])  # uses: list
fn keyword.iskeyword(s: &str) -> bool = keyword::iskeyword
fn keyword.issoftkeyword(s: &str) -> bool = matches!(({s}).as_str(), "_" | "case" | "match")
fn ascii(x: any) -> str = percent::ascii(&{x})
