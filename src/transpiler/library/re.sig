# re. findall and split depend on the number of groups: the plain rows are for patterns with at most one group (findall) or
# none (split); the rows with "_groups" are for more, those with "_any" for patterns that are not written in the program.
type Pattern = re::Pattern
type Match = re::Match
attr re.IGNORECASE -> int = re::I
attr re.I -> int = re::I
attr re.MULTILINE -> int = re::M
attr re.M -> int = re::M
attr re.DOTALL -> int = re::S
attr re.S -> int = re::S
attr re.VERBOSE -> int = re::X
attr re.X -> int = re::X
attr re.ASCII -> int = re::A
attr re.A -> int = re::A
attr re.UNICODE -> int = re::U
attr re.U -> int = re::U
attr exceptions.re.error -> any = re::error
fn re.compile(pattern: &str, flags: int = 0) -> Pattern ! = re::compile
fn re.search(pattern: &str, string: &str, flags: int = 0) -> opt[Match] ! = re::search
fn re.match(pattern: &str, string: &str, flags: int = 0) -> opt[Match] ! = re::match_
fn re.fullmatch(pattern: &str, string: &str, flags: int = 0) -> opt[Match] ! = re::fullmatch
fn re.findall(pattern: &str, string: &str, flags: int = 0) -> list[str] ! = re::findall({pattern}, {string}, {flags}).map(List::from)  # uses: list
fn re.findall_groups(pattern: &str, string: &str, flags: int = 0) -> list[many[str]] ! = re::findall_many({pattern}, {string}, {flags}).map(List::from)  # uses: list
fn re.finditer(pattern: &str, string: &str, flags: int = 0) -> list[Match] ! = re::finditer({pattern}, {string}, {flags}).map(List::from)  # uses: list
fn re.split(pattern: &str, string: &str, maxsplit: int = 0, flags: int = 0) -> list[str] ! = re::split({pattern}, {string}, {maxsplit}, {flags}).map(List::from)  # uses: list
fn re.split_groups(pattern: &str, string: &str, maxsplit: int = 0, flags: int = 0) -> list[opt[str]] ! = re::split_groups({pattern}, {string}, {maxsplit}, {flags}).map(List::from)  # uses: list
fn re.sub(pattern: &str, repl: &str, string: &str, count: int = 0, flags: int = 0) -> str ! = re::sub
fn re.subn(pattern: &str, repl: &str, string: &str, count: int = 0, flags: int = 0) -> tuple[str, int] ! = re::subn
fn re.sub_call(pattern: &str, repl: func[&Match->T], string: &str, count: int = 0, flags: int = 0) -> str ! = re::sub_fn({pattern}, {repl}, {string}, {count}, {flags})
attr re.NOFLAG -> int = 0i64
attr re.LOCALE -> int = 4i64
fn re.purge() -> none = std::convert::identity(())
fn re.escape(pattern: &str) -> str = re::escape
fn Pattern.search(self, string: &str, pos: opt[int] = None, endpos: opt[int] = None) -> opt[Match] = .search
fn Pattern.match(self, string: &str, pos: opt[int] = None, endpos: opt[int] = None) -> opt[Match] = .match_
fn Pattern.fullmatch(self, string: &str, pos: opt[int] = None, endpos: opt[int] = None) -> opt[Match] = .fullmatch
fn Pattern.findall(self, string: &str) -> list[str] = List::from({self}.findall({string}))  # uses: list
fn Pattern.findall_groups(self, string: &str) -> list[many[str]] = List::from({self}.findall_many({string}))  # uses: list
fn Pattern.finditer(self, string: &str) -> list[Match] = List::from({self}.finditer({string}))  # uses: list
fn Pattern.split(self, string: &str, maxsplit: int = 0) -> list[str] = List::from({self}.split({string}, {maxsplit}))  # uses: list
fn Pattern.sub(self, repl: &str, string: &str, count: int = 0) -> str ! = .sub
fn Pattern.subn(self, repl: &str, string: &str, count: int = 0) -> tuple[str, int] ! = .subn
fn re.sub_any(pattern: &str, repl: any, string: &str, count: int = 0, flags: int = 0) -> str ! = re::compile({pattern}, {flags}).and_then(|p| re_value::sub(&p, &{repl}, {string}, {count}))
fn Pattern.sub_any(self, repl: any, string: &str, count: int = 0) -> str ! = re_value::sub(&{self}, &{repl}, {string}, {count})
fn Pattern.sub_call(self, repl: func[&Match->T], string: &str, count: int = 0) -> str ! = {self}.sub_fn({repl}, {string}, {count})
attr Pattern.pattern -> str = .pattern()
attr Pattern.flags -> int = .flags()
attr Pattern.groups -> int = .groups()
attr Pattern.groupindex -> dict[str, int] = .groupindex()
fn Match.group(self, *groups: any) -> any ! = {self}.group_py(&{groups})  # uses: re_value
fn Match.group0(self) -> str = .whole
fn Match.group1(self, group: int) -> opt[str] ! = .group
fn Match.group_named(self, name: &str) -> opt[str] ! = .group_named
fn Match.groups(self) -> many[opt[str]] = tuple::Tuple::from({self}.groups())
fn Match.groups(self, default: str) -> many[str] = re_more::groups(&{self}, &{default})
fn Match.groupdict(self, default: str) -> dict[str, str] = re_more::groupdict(&{self}, &{default})
fn Match.groupdict(self) -> dict[str, opt[str]] = .groupdict
fn Match.start(self, group: int = 0) -> int ! = .start
fn Match.start(self, group: &str) -> int ! = {self}.span_named({group}).map(|s| s.0)
fn Match.end(self, group: int = 0) -> int ! = .end
fn Match.end(self, group: &str) -> int ! = {self}.span_named({group}).map(|s| s.1)
fn Match.span(self, group: int = 0) -> tuple[int, int] ! = .span
fn Match.span(self, group: &str) -> tuple[int, int] ! = {self}.span_named({group})
fn Match.expand(self, template: &str) -> str ! = .expand
fn Match.__getitem__(self, group: int) -> opt[str] ! = .group
fn Match.__getitem__(self, group: &str) -> opt[str] ! = .group_named
attr Match.string -> str = .string()
attr Match.re -> Pattern = .re()
attr Match.pos -> int = .pos()
attr Match.endpos -> int = .endpos()
attr Match.lastindex -> opt[int] = .lastindex()
attr Match.lastgroup -> opt[str] = .lastgroup()
fn re.findall_any(pattern: &str, string: &str, flags: int = 0) -> list[any] ! = re::compile({pattern}, {flags}).map(|p| List::from(re_any::findall(&p, {string})))  # uses: list
fn re.split_any(pattern: &str, string: &str, maxsplit: int = 0, flags: int = 0) -> list[any] ! = re::compile({pattern}, {flags}).map(|p| List::from(re_any::split(&p, {string}, {maxsplit})))  # uses: list
fn Pattern.findall_any(self, string: &str) -> list[any] = List::from(re_any::findall(&{self}, {string}))  # uses: list
fn Pattern.split_any(self, string: &str, maxsplit: int = 0) -> list[any] = List::from(re_any::split(&{self}, {string}, {maxsplit}))  # uses: list
fn Pattern.split_groups(self, string: &str, maxsplit: int = 0) -> list[opt[str]] = List::from({self}.split_groups({string}, {maxsplit}))  # uses: list
