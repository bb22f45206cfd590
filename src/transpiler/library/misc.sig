# colorsys, uuid, urllib.parse, html, secrets, platform, operator
fn colorsys.rgb_to_hsv(r: float, g: float, b: float) -> tuple[float, float, float] = colorsys::rgb_to_hsv
fn colorsys.hsv_to_rgb(h: float, s: float, v: float) -> tuple[float, float, float] = colorsys::hsv_to_rgb
fn colorsys.rgb_to_hls(r: float, g: float, b: float) -> tuple[float, float, float] = colorsys::rgb_to_hls
fn colorsys.hls_to_rgb(h: float, l: float, s: float) -> tuple[float, float, float] = colorsys::hls_to_rgb
fn colorsys.rgb_to_yiq(r: float, g: float, b: float) -> tuple[float, float, float] = colorsys::rgb_to_yiq
fn colorsys.yiq_to_rgb(y: float, i: float, q: float) -> tuple[float, float, float] = colorsys::yiq_to_rgb
type UUID = uuid::Uuid
class uuid.UUID(hex: &str) -> UUID ! = uuid::Uuid::parse
class uuid.UUID(bytes: &bytes) -> UUID ! = weburl_more::uuid_of_bytes({bytes})
class uuid.UUID(int: any) -> UUID ! = weburl_more::uuid_of_int(&{int})
fn uuid.uuid1() -> UUID ! = uuid::uuid1
fn uuid.uuid3(namespace: &UUID, name: &str) -> UUID = uuid::uuid3({namespace}, {name})
fn uuid.uuid4() -> UUID ! = uuid::uuid4
fn uuid.uuid5(namespace: &UUID, name: &str) -> UUID = uuid::uuid5({namespace}, {name})
attr uuid.NAMESPACE_DNS -> UUID = uuid::NAMESPACE_DNS
attr uuid.NAMESPACE_URL -> UUID = uuid::NAMESPACE_URL
attr uuid.NAMESPACE_OID -> UUID = uuid::NAMESPACE_OID
attr uuid.NAMESPACE_X500 -> UUID = uuid::NAMESPACE_X500
attr UUID.hex -> str = .hex()
attr UUID.bytes -> bytes = .bytes()
attr UUID.version -> opt[int] = .version()
attr UUID.variant -> str = .variant()
attr UUID.urn -> str = .urn()
type ParseResult = weburl::ParseResult
fn urllib.parse.quote(s: &str, safe: &str = '/') -> str = weburl::quote({s}, {safe})
fn urllib.parse.quote_plus(s: &str, safe: &str = '') -> str = weburl::quote_plus({s}, {safe})
fn urllib.parse.unquote(s: &str) -> str ! = weburl::unquote({s})
fn urllib.parse.unquote_plus(s: &str) -> str ! = weburl::unquote_plus({s})
fn urllib.parse.parse_qsl(qs: &str, keep_blank_values: bool = False) -> list[tuple[str, str]] ! = weburl::parse_qsl({qs}, {keep_blank_values}).map(List::from)  # uses: list
fn urllib.parse.parse_qs(qs: &str, keep_blank_values: bool = False) -> dict[str, list[str]] ! = weburl::parse_qs({qs}, {keep_blank_values})
fn urllib.parse.urlencode(query: any, doseq: bool = False) -> str ! = weburl_more::urlencode(&{query}, {doseq})
fn urllib.parse.urlparse(url: &str) -> ParseResult = weburl::urlparse({url})
attr ParseResult.scheme -> str = .scheme.clone()
attr ParseResult.netloc -> str = .netloc.clone()
attr ParseResult.path -> str = .path.clone()
attr ParseResult.params -> str = .params.clone()
attr ParseResult.query -> str = .query.clone()
attr ParseResult.fragment -> str = .fragment.clone()
attr ParseResult.hostname -> opt[str] = .hostname()
attr ParseResult.port -> opt[int] = .port()
attr ParseResult.username -> opt[str] = .username()
attr ParseResult.password -> opt[str] = .password()
fn ParseResult.geturl(self) -> str = .geturl
fn html.escape(s: &str, quote: bool = True) -> str = weburl::html_escape({s}, {quote})
fn html.unescape(s: &str) -> str = html_entities::unescape({s})
fn secrets.token_urlsafe(nbytes: int = 32) -> str ! = os::urandom({nbytes}).and_then(|b| base64::urlsafe_b64encode(&b).decode("ascii", "strict")).map(|s| s.rstrip(Some(&Str::lit("="))))  # uses: strm
fn platform.system() -> str = sys::system()
fn platform.python_version() -> str = Str::lit("3.11.7")
fn platform.machine() -> str = Str::lit(std::env::consts::ARCH)
type Redirect = contexts::Redirect
fn contextlib.redirect_stdout(target: &file) -> Redirect = contexts::Redirect::new({target}, false)  # uses: files
fn contextlib.redirect_stderr(target: &file) -> Redirect = contexts::Redirect::new({target}, true)  # uses: files
fn Redirect.__enter__(self) -> file = .enter
fn Redirect.__exit__(self) -> none ! = .exit
fn functools.partial(func: any, *args: any) -> any = functional::partial(&{func}, &{args})
fn operator.itemgetter(*keys: any) -> any = functional::itemgetter(&{keys})
fn operator.attrgetter(*names: any) -> any = functional::attrgetter(&{names})
attr operator.add -> any = functional::operator(value_ops::add)
attr operator.sub -> any = functional::operator(value_ops::sub)
attr operator.mul -> any = functional::operator(value_ops::mul)
attr operator.truediv -> any = functional::operator(value_ops::truediv)
attr operator.floordiv -> any = functional::operator(value_ops::floordiv)
attr operator.mod -> any = functional::operator(value_ops::modulo)
attr operator.pow -> any = functional::operator(value_ops::pow)
attr operator.and_ -> any = functional::operator(value_ops::and)
attr operator.or_ -> any = functional::operator(value_ops::or)
attr operator.xor -> any = functional::operator(value_ops::xor)
attr operator.lshift -> any = functional::operator(value_ops::shl)
attr operator.rshift -> any = functional::operator(value_ops::shr)
fn zlib.decompress(data: &bytes) -> bytes ! = inflate::decompress({data})
attr exceptions.zlib.error -> any = inflate::error
attr exc.lineno -> int ! = error_position::of(&{self}, "lineno").map(|p| p.lineno)
attr exc.colno -> int ! = error_position::of(&{self}, "colno").map(|p| p.colno)
attr exc.pos -> int ! = error_position::of(&{self}, "pos").map(|p| p.pos)
attr exc.msg -> str ! = error_position::msg(&{self})
attr exc.doc -> str ! = error_position::of(&{self}, "doc").map(|p| p.doc.clone())
attr exc.errno -> opt[int] = .errno()
attr exc.strerror -> opt[str] = .strerror()
attr exc.filename -> opt[str] = .filename()
fn int.bit_length(self) -> int = 64 - i64::from(({self}).unsigned_abs().leading_zeros())
fn int.bit_count(self) -> int = i64::from(({self}).unsigned_abs().count_ones())
type SequenceMatcher = difflib::SequenceMatcher
# ndiff's own: blanks and tabs are junk within lines.
fn difflib._ignoring_blanks(a: &str, b: &str) -> SequenceMatcher = difflib::SequenceMatcher::ignoring_blanks({a}, {b})
class difflib.SequenceMatcher(isjunk: none = None, a: &str = '', b: &str = '', autojunk: bool = True) -> SequenceMatcher = difflib::SequenceMatcher::of_texts({a}, {b}, {autojunk})
class difflib.SequenceMatcher(isjunk: none = None, a: iter[any] = Vec::new(), b: iter[any] = Vec::new(), autojunk: bool = True) -> SequenceMatcher = difflib_more::of_values({a}, {b}, {autojunk})
fn SequenceMatcher.ratio(self) -> float = .ratio
fn SequenceMatcher.quick_ratio(self) -> float = .quick_ratio
fn SequenceMatcher.real_quick_ratio(self) -> float = .real_quick_ratio
fn SequenceMatcher.get_opcodes(self) -> list[tuple[str, int, int, int, int]] = List::from({self}.get_opcodes())  # uses: list
fn SequenceMatcher.get_grouped_opcodes(self, n: int = 3) -> iter[list[tuple[str, int, int, int, int]]] = glue::PyIter::from_vec({self}.get_grouped_opcodes({n}).into_iter().map(List::from).collect::<Vec<_>>())  # uses: list
type DiffMatch = difflib_more::Block
attr DiffMatch.a -> int = .0
attr DiffMatch.b -> int = .1
attr DiffMatch.size -> int = .2
fn DiffMatch.__getitem__(self, index: int) -> int ! = .item
fn DiffMatch.__len__(self) -> int = .len
iter DiffMatch -> int = {self}.items()
fn SequenceMatcher.get_matching_blocks(self) -> list[DiffMatch] = List::from(difflib_more::blocks(&{self}))  # uses: list
fn SequenceMatcher.find_longest_match(self, alo: int = 0, ahi: opt[int] = None, blo: int = 0, bhi: opt[int] = None) -> DiffMatch = difflib_more::longest(&{self}, {alo}, {ahi}, {blo}, {bhi})
fn difflib.unified_diff(a: iter[str], b: iter[str], fromfile: &str = '', tofile: &str = '', fromfiledate: &str = '', tofiledate: &str = '', n: int = 3, lineterm: str = '\n') -> iter[str] = glue::PyIter::from_vec(difflib::unified_diff(&{a}, &{b}, {fromfile}, {tofile}, {fromfiledate}, {tofiledate}, {n}, &{lineterm}))
fn difflib.get_close_matches(word: &str, possibilities: iter[str], n: int = 3, cutoff: float = 0.6) -> list[str] ! = difflib::get_close_matches({word}, &{possibilities}, {n}, {cutoff}).map(List::from)  # uses: list
fn ast.literal_eval(text: &str) -> any ! = literal::literal_eval({text})
fn zlib.compress(data: &bytes, level: int = -1) -> bytes ! = deflate::compress({data}, {level})
type Executor = futures::Executor
type Future = futures::Future
class concurrent.futures.ThreadPoolExecutor(max_workers: opt[int] = None, thread_name_prefix: str = '') -> Executor ! = futures::Executor::new({max_workers}, {thread_name_prefix})
class concurrent.futures.ProcessPoolExecutor(max_workers: opt[int] = None) -> Executor ! = futures::Executor::new({max_workers}, Str::lit(""))
fn Executor.submit(self, fn: any, *args: any, **kwargs: any) -> Future ! = {self}.submit(&{fn}, {args}, {kwargs})
fn Executor.map(self, fn: any, *iterables: any) -> list[any] ! = {self}.map(&{fn}, &{iterables}).map(List::from)  # uses: list
fn Executor.shutdown(self, wait: bool = True, cancel_futures: bool = False) -> none ! = {self}.shutdown({wait}, {cancel_futures})
fn Executor.__enter__(self) -> Executor = .clone
fn Executor.__exit__(self) -> none ! = {self}.shutdown(true, false)
fn Future.result(self, timeout: opt[float] = None) -> any ! = .result
fn Future.exception(self, timeout: opt[float] = None) -> any ! = .exception
fn Future.done(self) -> bool = .done
fn Future.running(self) -> bool = .running
fn Future.cancelled(self) -> bool = .cancelled
fn Future.cancel(self) -> bool = .cancel
fn Future.add_done_callback(self, fn: any) -> none = {self}.add_done_callback(&{fn})
fn concurrent.futures.as_completed(fs: iter[Future], timeout: opt[float] = None) -> iter[Future] = glue::PyIter::fallible(futures::as_completed({fs}, {timeout}))  # uses: glue
attr concurrent.futures.FIRST_COMPLETED -> str = Str::lit("FIRST_COMPLETED")
attr concurrent.futures.FIRST_EXCEPTION -> str = Str::lit("FIRST_EXCEPTION")
attr concurrent.futures.ALL_COMPLETED -> str = Str::lit("ALL_COMPLETED")
fn concurrent.futures.wait(fs: iter[Future], timeout: opt[float] = None, return_when: &str = 'ALL_COMPLETED') -> tuple[set[Future], set[Future]] ! = futures::wait_for(&{fs}, {timeout}, {return_when}).map(|(d, n)| (d.into_iter().collect::<set::Set<_>>(), n.into_iter().collect::<set::Set<_>>()))  # uses: set
attr exceptions.concurrent.futures.CancelledError -> any = futures::CancelledError
attr exceptions.concurrent.futures.InvalidStateError -> any = futures::InvalidStateError
attr exceptions.concurrent.futures.TimeoutError -> any = exc::TimeoutError
type Fraction = fractions::Fraction
class fractions.Fraction(numerator: any = Value::from(0i64), denominator: any = None) -> Fraction ! = fractions_value::make(&{numerator}, &{denominator})
attr Fraction.numerator -> int ! = .numerator()
attr Fraction.denominator -> int ! = .denominator()
fn Fraction.limit_denominator(self, max_denominator: int = 1000000) -> Fraction ! = .limit_denominator
fn Fraction.__float__(self) -> float ! = .to_float
fn Fraction.__int__(self) -> int ! = .to_int
fn Fraction.__abs__(self) -> Fraction = .abs
fn Fraction.__neg__(self) -> Fraction = .neg
op Fraction + Fraction -> Fraction ! = {0}.add(&{1})
op Fraction - Fraction -> Fraction ! = {0}.sub(&{1})
op Fraction * Fraction -> Fraction ! = {0}.mul(&{1})
op Fraction / Fraction -> Fraction ! = {0}.div(&{1})
op Fraction // Fraction -> int ! = {0}.floordiv(&{1})
op Fraction % Fraction -> Fraction ! = {0}.modulo(&{1})
op Fraction + int -> Fraction ! = {0}.add(&fractions::Fraction::of_int({1}))
op int + Fraction -> Fraction ! = fractions::Fraction::of_int({0}).add(&{1})
op Fraction - int -> Fraction ! = {0}.sub(&fractions::Fraction::of_int({1}))
op int - Fraction -> Fraction ! = fractions::Fraction::of_int({0}).sub(&{1})
op Fraction * int -> Fraction ! = {0}.mul(&fractions::Fraction::of_int({1}))
op int * Fraction -> Fraction ! = fractions::Fraction::of_int({0}).mul(&{1})
op Fraction / int -> Fraction ! = {0}.div(&fractions::Fraction::of_int({1}))
op int / Fraction -> Fraction ! = fractions::Fraction::of_int({0}).div(&{1})
op Fraction // int -> int ! = {0}.floordiv(&fractions::Fraction::of_int({1}))
op int // Fraction -> int ! = fractions::Fraction::of_int({0}).floordiv(&{1})
op Fraction % int -> Fraction ! = {0}.modulo(&fractions::Fraction::of_int({1}))
op int % Fraction -> Fraction ! = fractions::Fraction::of_int({0}).modulo(&{1})
op float + Fraction -> float ! = {1}.to_float().map(|x| {0} + x)
op Fraction - float -> float ! = {0}.to_float().map(|x| x - {1})
op float - Fraction -> float ! = {1}.to_float().map(|x| {0} - x)
op float * Fraction -> float ! = {1}.to_float().map(|x| {0} * x)
op Fraction / float -> float ! = {0}.to_float().and_then(|x| arith::fdiv(x, {1}))
op float / Fraction -> float ! = {1}.to_float().and_then(|x| arith::fdiv({0}, x))
fn Fraction.__divmod__(self, other: &Fraction) -> tuple[int, Fraction] ! = {self}.floordiv({other}).and_then(|q| Ok((q, {self}.modulo({other})?)))
fn Fraction.__divmod__(self, other: int) -> tuple[int, Fraction] ! = { let o = fractions::Fraction::of_int({other}); {self}.floordiv(&o).and_then(|q| Ok((q, {self}.modulo(&o)?))) }
op Fraction ** int -> Fraction ! = {0}.pow({1})
op Fraction + float -> float ! = {0}.to_float().map(|x| x + {1})
op Fraction * float -> float ! = {0}.to_float().map(|x| x * {1})
attr exc.pattern -> str ! = error_position::of(&{self}, "pattern").map(|p| p.doc.clone())
attr UUID.int -> any ! = {self}.int().map(Value::Int)
fn urllib.parse.urljoin(base: &str, url: &str) -> str = weburl_more::urljoin({base}, {url})
type SplitResult = weburl::ParseResult
attr SplitResult.scheme -> str = .scheme.clone()
attr SplitResult.netloc -> str = .netloc.clone()
attr SplitResult.path -> str = .path.clone()
attr SplitResult.query -> str = .query.clone()
attr SplitResult.fragment -> str = .fragment.clone()
attr SplitResult.hostname -> opt[str] = .hostname()
attr SplitResult.port -> opt[int] = .port()
attr SplitResult.username -> opt[str] = .username()
attr SplitResult.password -> opt[str] = .password()
fn SplitResult.geturl(self) -> str = .geturl
fn SplitResult._replace(self, scheme: opt[str] = None, netloc: opt[str] = None, path: opt[str] = None, query: opt[str] = None, fragment: opt[str] = None) -> SplitResult = {self}.replace([{scheme}, {netloc}, {path}, None, {query}, {fragment}])
fn ParseResult._replace(self, scheme: opt[str] = None, netloc: opt[str] = None, path: opt[str] = None, params: opt[str] = None, query: opt[str] = None, fragment: opt[str] = None) -> ParseResult = {self}.replace([{scheme}, {netloc}, {path}, {params}, {query}, {fragment}])
fn ParseResult._asdict(self) -> dict[str, str] = Dict::from({self}.named())
fn SplitResult._asdict(self) -> dict[str, str] = Dict::from({self}.named())
fn ParseResult.__getitem__(self, index: int) -> str ! = .item
fn SplitResult.__getitem__(self, index: int) -> str ! = .item
fn ParseResult.__len__(self) -> int = .len
fn SplitResult.__len__(self) -> int = .len
iter ParseResult -> str = {self}.shown_parts()
iter SplitResult -> str = {self}.shown_parts()
fn urllib.parse.urlsplit(url: &str) -> SplitResult = weburl_more::urlsplit({url})
fn urllib.parse.urlunparse(parts: iter[str]) -> str ! = weburl_more::urlunparse(&{parts})
fn urllib.parse.urldefrag(url: &str) -> tuple[str, str] = weburl_more::urldefrag({url})
fn copy.copy(x: any) -> any ! = deepcopy::shallow(&{x})
fn copy.deepcopy(x: any) -> any = deepcopy::DeepCopy::deep(&{x})
attr exc.code -> any = value_call::first_argument(&{self})
fn operator.neg(a: any) -> any ! = value_ops::neg(&{a})
fn operator.pos(a: any) -> any ! = value_ops::pos(&{a})
fn operator.invert(a: any) -> any ! = value_ops::invert(&{a})
fn operator.abs(a: any) -> any ! = value_ops::abs(&{a})
fn operator.not_(a: any) -> bool = !traits::PyTruth::truth(&{a})
fn operator.truth(a: any) -> bool = traits::PyTruth::truth(&{a})
fn operator.index(a: any) -> int ! = value_items::index(&{a})
fn operator.contains(a: any, b: any) -> bool ! = value_ops::contains(&{a}, &{b})
fn operator.getitem(a: any, b: any) -> any ! = value_items::getitem(&{a}, &{b})
fn operator.setitem(a: any, b: any, c: any) -> none ! = value_items::setitem(&{a}, &{b}, {c})
fn operator.delitem(a: any, b: any) -> none ! = value_items::delitem(&{a}, &{b})
fn operator.countOf(a: any, b: any) -> int ! = value_items::to_vec(&{a}).map(|v| v.iter().filter(|x| **x == {b}).count() as i64)
fn operator.methodcaller(name: &str, *args: any) -> any = operator_values::methodcaller({name}, {args})
attr operator.eq -> any = operator_values::comparison("==")
attr operator.ne -> any = operator_values::comparison("!=")
attr operator.lt -> any = operator_values::comparison("<")
attr operator.le -> any = operator_values::comparison("<=")
attr operator.gt -> any = operator_values::comparison(">")
attr operator.ge -> any = operator_values::comparison(">=")
attr operator.neg -> any = operator_values::function("neg")
attr operator.abs -> any = operator_values::function("abs")
attr operator.not_ -> any = operator_values::function("not_")
attr operator.contains -> any = operator_values::function("contains")
attr operator.getitem -> any = operator_values::function("getitem")
attr operator.concat -> any = operator_values::function("concat")
attr operator.truth -> any = operator_values::function("truth")
attr operator.pos -> any = operator_values::function("pos")
attr operator.invert -> any = operator_values::function("invert")
# enter_context and callback have rules in emit/exit_stacks.cpp
type ExitStack = exit_stack::ExitStack
class contextlib.ExitStack() -> ExitStack = exit_stack::ExitStack::new
fn ExitStack.close(self) -> none ! = .close
fn ExitStack.pop_all(self) -> ExitStack = .pop_all
fn urllib.parse.urlunsplit(components: iter[str]) -> str ! = weburl_more::urlunsplit(&{components})
attr exceptions.dataclasses.FrozenInstanceError -> any = exc::FrozenInstanceError
# of dataclasses.fields(..), whose rule is in emit/data_calls.cpp; defaults and types of fields are refused
type DataField = data_field::DataField
attr DataField.name -> str = .name()
