# textwrap, string constants, fnmatch, glob
fn textwrap.shorten(text: &str, width: int, placeholder: str = ' [...]') -> str ! = textwrap::shorten({text}, {width}, textwrap::Options { placeholder: {placeholder}, ..Default::default() })
fn textwrap.dedent(text: &str) -> str = textwrap::dedent
fn textwrap.indent(text: &str, prefix: &str) -> str = textwrap::indent
fn textwrap.indent(text: &str, prefix: &str, predicate: func[str->bool]) -> str ! = textwrap::indent_where({text}, {prefix}, {predicate})
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
fn textwrap.wrap(text: &str, width: int = 70, initial_indent: str = '', subsequent_indent: str = '', expand_tabs: bool = True, replace_whitespace: bool = True, fix_sentence_endings: bool = False, break_long_words: bool = True, drop_whitespace: bool = True, break_on_hyphens: bool = True, tabsize: int = 8, max_lines: opt[int] = None, placeholder: str = ' [...]') -> list[str] ! = textwrap::wrap({text}, &textwrap::Options { width: {width}, initial_indent: {initial_indent}, subsequent_indent: {subsequent_indent}, expand_tabs: {expand_tabs}, replace_whitespace: {replace_whitespace}, fix_sentence_endings: {fix_sentence_endings}, break_long_words: {break_long_words}, drop_whitespace: {drop_whitespace}, break_on_hyphens: {break_on_hyphens}, tabsize: {tabsize}, max_lines: {max_lines}, placeholder: {placeholder} }).map(List::from)  # uses: list
fn textwrap.fill(text: &str, width: int = 70, initial_indent: str = '', subsequent_indent: str = '', expand_tabs: bool = True, replace_whitespace: bool = True, fix_sentence_endings: bool = False, break_long_words: bool = True, drop_whitespace: bool = True, break_on_hyphens: bool = True, tabsize: int = 8, max_lines: opt[int] = None, placeholder: str = ' [...]') -> str ! = textwrap::fill({text}, &textwrap::Options { width: {width}, initial_indent: {initial_indent}, subsequent_indent: {subsequent_indent}, expand_tabs: {expand_tabs}, replace_whitespace: {replace_whitespace}, fix_sentence_endings: {fix_sentence_endings}, break_long_words: {break_long_words}, drop_whitespace: {drop_whitespace}, break_on_hyphens: {break_on_hyphens}, tabsize: {tabsize}, max_lines: {max_lines}, placeholder: {placeholder} })
type TextWrapper = string_template::TextWrapper
class textwrap.TextWrapper(width: int = 70, initial_indent: str = '', subsequent_indent: str = '', expand_tabs: bool = True, replace_whitespace: bool = True, fix_sentence_endings: bool = False, break_long_words: bool = True, drop_whitespace: bool = True, break_on_hyphens: bool = True, tabsize: int = 8, max_lines: opt[int] = None, placeholder: str = ' [...]') -> TextWrapper = string_template::TextWrapper::new(textwrap::Options { width: {width}, initial_indent: {initial_indent}, subsequent_indent: {subsequent_indent}, expand_tabs: {expand_tabs}, replace_whitespace: {replace_whitespace}, fix_sentence_endings: {fix_sentence_endings}, break_long_words: {break_long_words}, drop_whitespace: {drop_whitespace}, break_on_hyphens: {break_on_hyphens}, tabsize: {tabsize}, max_lines: {max_lines}, placeholder: {placeholder} })
fn TextWrapper.wrap(self, text: &str) -> list[str] ! = textwrap::wrap({text}, &{self}.0).map(List::from)  # uses: list
fn TextWrapper.fill(self, text: &str) -> str ! = textwrap::fill({text}, &{self}.0)
attr TextWrapper.width -> int = .0.width
type Template = string_template::Template
class string.Template(template: str) -> Template = string_template::Template::new
attr Template.template -> str = .0.clone()
fn Template.substitute(self, mapping: any = None, **kw: any) -> str ! = {self}.substitute(&{mapping}, {kw}, false)
fn Template.safe_substitute(self, mapping: any = None, **kw: any) -> str ! = {self}.substitute(&{mapping}, {kw}, true)
fn string.capwords(s: &str, sep: opt[&str] = None) -> str ! = string_template::capwords
