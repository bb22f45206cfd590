# textwrap, string constants, fnmatch, glob
fn textwrap.wrap(text: &str, width: int = 70, initial_indent: str = '', subsequent_indent: str = '', break_long_words: bool = True) -> list[str] ! = textwrap::wrap({text}, &textwrap::Options { width: {width}, initial_indent: {initial_indent}, subsequent_indent: {subsequent_indent}, break_long_words: {break_long_words}, ..Default::default() }).map(List::from)  # uses: list
fn textwrap.fill(text: &str, width: int = 70, initial_indent: str = '', subsequent_indent: str = '', break_long_words: bool = True) -> str ! = textwrap::fill({text}, &textwrap::Options { width: {width}, initial_indent: {initial_indent}, subsequent_indent: {subsequent_indent}, break_long_words: {break_long_words}, ..Default::default() })
fn textwrap.shorten(text: &str, width: int, placeholder: str = ' [...]') -> str ! = textwrap::shorten({text}, {width}, textwrap::Options { placeholder: {placeholder}, ..Default::default() })
fn textwrap.dedent(text: &str) -> str = textwrap::dedent
fn textwrap.indent(text: &str, prefix: &str) -> str = textwrap::indent
attr string.ascii_letters -> str = Str::lit("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
attr string.ascii_lowercase -> str = Str::lit("abcdefghijklmnopqrstuvwxyz")
attr string.ascii_uppercase -> str = Str::lit("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
attr string.digits -> str = Str::lit("0123456789")
attr string.hexdigits -> str = Str::lit("0123456789abcdefABCDEF")
attr string.octdigits -> str = Str::lit("01234567")
attr string.punctuation -> str = Str::lit("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
attr string.whitespace -> str = Str::lit(" \t\n\r\x0b\x0c")
attr string.printable -> str = Str::lit("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \t\n\r\x0b\x0c")
fn fnmatch.fnmatch(name: &str, pattern: &str) -> bool = fnmatch::matches({name}, {pattern})
fn fnmatch.fnmatchcase(name: &str, pattern: &str) -> bool = fnmatch::matches({name}, {pattern})
fn fnmatch.filter(names: iter[str], pattern: &str) -> list[str] = List::from(fnmatch::filter({names}, {pattern}))  # uses: list
fn glob.glob(pattern: &str, recursive: bool = False) -> list[str] = List::from(fnmatch::glob({pattern}, {recursive}))  # uses: list
