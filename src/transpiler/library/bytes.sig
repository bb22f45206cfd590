# bytes and bytearray
type bytearray = bytes::ByteArray
class bytes(source: &memoryview[T]) -> bytes ! = ({source}).tobytes()
class bytes(source: &array[T]) -> bytes = ({source}).to_bytes()
class bytes(source: any = None, encoding: &str = 'utf-8') -> bytes ! = bytes_value::make(&{source}, {encoding}).map(bytes::Bytes::from)
class bytearray(source: &memoryview[T]) -> bytearray ! = ({source}).tobytes().map(|b| bytes::ByteArray::from(b.to_vec()))
class bytearray(source: &array[T]) -> bytearray = bytes::ByteArray::from(({source}).to_bytes().to_vec())
class bytearray(source: any = None, encoding: &str = 'utf-8') -> bytearray ! = bytes_value::make(&{source}, {encoding}).map(bytes::ByteArray::from)
fn str.encode(self, encoding: &str = 'utf-8', errors: &str = 'strict') -> bytes ! = .encode  # uses: codecs
fn bytes.fromhex(s: &str) -> bytes ! = bytes_methods::fromhex({s}).map(bytes::Bytes::from)
fn bytearray.fromhex(s: &str) -> bytearray ! = bytes_methods::fromhex({s}).map(bytes::ByteArray::from)
fn bytes.decode(self, encoding: &str = 'utf-8', errors: &str = 'strict') -> str ! = .decode  # uses: codecs
fn bytes.hex(self, sep: opt[&str] = None, bytes_per_sep: int = 1) -> str ! = bytes_methods::hex_opt(&{self}, {sep}, {bytes_per_sep})
fn bytes.replace(self, old: &bytes, new: &bytes, count: int = -1) -> bytes = bytes_methods::replace(&{self}, {old}, {new}, {count})
fn bytes.split(self, sep: opt[&bytes] = None, maxsplit: int = -1) -> list[bytes] ! = bytes_methods::split(&{self}, bytes_value::slice({sep}), {maxsplit}).map(List::from)  # uses: list
fn bytes.splitlines(self, keepends: bool = False) -> list[bytes] = List::from(bytes_methods::splitlines(&{self}, {keepends}))  # uses: list
fn bytes.partition(self, sep: &bytes) -> tuple[bytes, bytes, bytes] ! = bytes_methods::partition(&{self}, {sep})
fn bytes.strip(self, chars: opt[&bytes] = None) -> bytes = bytes_methods::strip(&{self}, bytes_value::slice({chars}))
fn bytes.lstrip(self, chars: opt[&bytes] = None) -> bytes = bytes_methods::lstrip(&{self}, bytes_value::slice({chars}))
fn bytes.rstrip(self, chars: opt[&bytes] = None) -> bytes = bytes_methods::rstrip(&{self}, bytes_value::slice({chars}))
fn bytes.upper(self) -> bytes = bytes_methods::upper(&{self})
fn bytes.lower(self) -> bytes = bytes_methods::lower(&{self})
fn bytes.ljust(self, width: int, fill: bytes = bytes::Bytes::lit(b" ")) -> bytes = bytes_methods::ljust(&{self}, {width}, {fill}[0])
fn bytes.rjust(self, width: int, fill: bytes = bytes::Bytes::lit(b" ")) -> bytes = bytes_methods::rjust(&{self}, {width}, {fill}[0])
fn bytes.join(self, parts: iter[bytes]) -> bytes = bytes_methods::join(&{self}, {parts})
fn bytearray.__len__(self) -> int = .len
fn bytearray.__getitem__(self, index: int) -> int ! = .item
fn bytearray.__setitem__(self, index: int, value: int) -> none ! = .set
fn bytearray.__contains__(self, value: any) -> bool ! = bytes_value::sub(&{value}).map(|s| bytes_methods::contains(&{self}.to_bytes(), &s))
fn bytearray.append(self, value: int) -> none ! = .append
fn bytearray.extend(self, data: any) -> none ! = {self}.extend_value(&{data})  # uses: bytes_value
fn bytearray.insert(self, index: int, value: int) -> none ! = .insert
fn bytearray.pop(self, index: opt[int] = None) -> int ! = .pop
fn bytearray.clear(self) -> none = .clear
fn bytearray.reverse(self) -> none = .reverse
fn bytearray.__bytes__(self) -> bytes = .to_bytes
iter bytearray -> int = {self}.ints()
op bytearray + bytes -> bytearray = bytes_value::joined(&{0}, &{1})
fn int.to_bytes(self, length: int = 1, byteorder: &str = 'big', signed: bool = False) -> bytes ! = Int::from({self}).to_bytes({length}, {byteorder}, {signed}).map(bytes::Bytes::from)  # uses: int int_bits
fn big.to_bytes(self, length: int = 1, byteorder: &str = 'big', signed: bool = False) -> bytes ! = {self}.to_bytes({length}, {byteorder}, {signed}).map(bytes::Bytes::from)  # uses: int int_bits
fn int.from_bytes(bytes: &bytes, byteorder: &str = 'big', signed: bool = False) -> int ! = int::Int::from_bytes({bytes}, {byteorder}, {signed}).and_then(|i| i.index())  # uses: int_bits
fn int.from_bytes_large(bytes: &bytes, byteorder: &str = 'big', signed: bool = False) -> big ! = int::Int::from_bytes({bytes}, {byteorder}, {signed})  # uses: int_bits
fn bytearray.hex(self, sep: opt[&str] = None, bytes_per_sep: int = 1) -> str ! = bytes_methods::hex_opt(&{self}.to_bytes(), {sep}, {bytes_per_sep})
fn bytes.find(self, sub: any, start: opt[int] = None, end: opt[int] = None) -> int ! = bytes_value::sub(&{sub}).map(|s| bytes_methods::find(&{self}, &s, {start}, {end}))
fn bytearray.find(self, sub: any, start: opt[int] = None, end: opt[int] = None) -> int ! = bytes_value::sub(&{sub}).map(|s| bytes_methods::find(&{self}.to_bytes(), &s, {start}, {end}))
fn bytes.rfind(self, sub: any, start: opt[int] = None, end: opt[int] = None) -> int ! = bytes_value::sub(&{sub}).map(|s| bytes_methods::rfind(&{self}, &s, {start}, {end}))
fn bytearray.rfind(self, sub: any, start: opt[int] = None, end: opt[int] = None) -> int ! = bytes_value::sub(&{sub}).map(|s| bytes_methods::rfind(&{self}.to_bytes(), &s, {start}, {end}))
fn bytes.count(self, sub: any, start: opt[int] = None, end: opt[int] = None) -> int ! = bytes_value::sub(&{sub}).map(|s| bytes_methods::count(&{self}, &s, {start}, {end}))
fn bytearray.count(self, sub: any, start: opt[int] = None, end: opt[int] = None) -> int ! = bytes_value::sub(&{sub}).map(|s| bytes_methods::count(&{self}.to_bytes(), &s, {start}, {end}))
fn bytes.index(self, sub: any, start: opt[int] = None, end: opt[int] = None) -> int ! = bytes_value::sub(&{sub}).and_then(|s| bytes_methods::index(&{self}, &s, {start}, {end}))
fn bytearray.index(self, sub: any, start: opt[int] = None, end: opt[int] = None) -> int ! = bytes_value::sub(&{sub}).and_then(|s| bytes_methods::index(&{self}.to_bytes(), &s, {start}, {end}))
fn bytes.rindex(self, sub: any, start: opt[int] = None, end: opt[int] = None) -> int ! = bytes_value::sub(&{sub}).and_then(|s| bytes_text::rindex(&{self}, &s, {start}, {end}))
fn bytearray.rindex(self, sub: any, start: opt[int] = None, end: opt[int] = None) -> int ! = bytes_value::sub(&{sub}).and_then(|s| bytes_text::rindex(&{self}.to_bytes(), &s, {start}, {end}))
fn bytes.startswith(self, prefix: any) -> bool ! = bytes_value::any_of(&{prefix}, |p| (&{self}).starts_with(p))
fn bytearray.startswith(self, prefix: any) -> bool ! = bytes_value::any_of(&{prefix}, |p| (&{self}.to_bytes()).starts_with(p))
fn bytes.endswith(self, suffix: any) -> bool ! = bytes_value::any_of(&{suffix}, |p| (&{self}).ends_with(p))
fn bytearray.endswith(self, suffix: any) -> bool ! = bytes_value::any_of(&{suffix}, |p| (&{self}.to_bytes()).ends_with(p))
fn bytearray.decode(self, encoding: &str = 'utf-8', errors: &str = 'strict') -> str ! = bytes::Bytes::from(&{self}.to_bytes()[..]).decode({encoding}, {errors})  # uses: codecs
fn bytearray.replace(self, old: &bytes, new: &bytes, count: int = -1) -> bytearray = bytes_value::array(bytes_methods::replace(&{self}.to_bytes(), {old}, {new}, {count}))
fn bytearray.split(self, sep: opt[&bytes] = None, maxsplit: int = -1) -> list[bytearray] ! = bytes_methods::split(&{self}.to_bytes(), bytes_value::slice({sep}), {maxsplit}).map(bytes_value::arrays).map(List::from)  # uses: list
fn bytes.rsplit(self, sep: opt[&bytes] = None, maxsplit: int = -1) -> list[bytes] ! = bytes_text::rsplit(&{self}, bytes_value::slice({sep}), {maxsplit}).map(List::from)  # uses: list
fn bytearray.rsplit(self, sep: opt[&bytes] = None, maxsplit: int = -1) -> list[bytearray] ! = bytes_text::rsplit(&{self}.to_bytes(), bytes_value::slice({sep}), {maxsplit}).map(bytes_value::arrays).map(List::from)  # uses: list
fn bytearray.splitlines(self, keepends: bool = False) -> list[bytearray] = List::from(bytes_value::arrays(bytes_methods::splitlines(&{self}.to_bytes(), {keepends})))  # uses: list
fn bytearray.partition(self, sep: &bytes) -> tuple[bytearray, bytearray, bytearray] ! = bytes_methods::partition(&{self}.to_bytes(), {sep}).map(|(a, b, c)| (bytes_value::array(a), bytes_value::array(b), bytes_value::array(c)))
fn bytes.rpartition(self, sep: &bytes) -> tuple[bytes, bytes, bytes] ! = bytes_text::rpartition(&{self}, {sep})
fn bytearray.rpartition(self, sep: &bytes) -> tuple[bytearray, bytearray, bytearray] ! = bytes_text::rpartition(&{self}.to_bytes(), {sep}).map(|(a, b, c)| (bytes_value::array(a), bytes_value::array(b), bytes_value::array(c)))
fn bytearray.strip(self, chars: opt[&bytes] = None) -> bytearray = bytes_value::array(bytes_methods::strip(&{self}.to_bytes(), bytes_value::slice({chars})))
fn bytearray.lstrip(self, chars: opt[&bytes] = None) -> bytearray = bytes_value::array(bytes_methods::lstrip(&{self}.to_bytes(), bytes_value::slice({chars})))
fn bytearray.rstrip(self, chars: opt[&bytes] = None) -> bytearray = bytes_value::array(bytes_methods::rstrip(&{self}.to_bytes(), bytes_value::slice({chars})))
fn bytearray.upper(self) -> bytearray = bytes_value::array(bytes_methods::upper(&{self}.to_bytes()))
fn bytearray.lower(self) -> bytearray = bytes_value::array(bytes_methods::lower(&{self}.to_bytes()))
fn bytes.title(self) -> bytes = bytes_text::title(&{self})
fn bytearray.title(self) -> bytearray = bytes_value::array(bytes_text::title(&{self}.to_bytes()))
fn bytes.capitalize(self) -> bytes = bytes_text::capitalize(&{self})
fn bytearray.capitalize(self) -> bytearray = bytes_value::array(bytes_text::capitalize(&{self}.to_bytes()))
fn bytes.swapcase(self) -> bytes = bytes_text::swapcase(&{self})
fn bytearray.swapcase(self) -> bytearray = bytes_value::array(bytes_text::swapcase(&{self}.to_bytes()))
fn bytearray.ljust(self, width: int, fill: bytes = bytes::Bytes::lit(b" ")) -> bytearray = bytes_value::array(bytes_methods::ljust(&{self}.to_bytes(), {width}, {fill}[0]))
fn bytearray.rjust(self, width: int, fill: bytes = bytes::Bytes::lit(b" ")) -> bytearray = bytes_value::array(bytes_methods::rjust(&{self}.to_bytes(), {width}, {fill}[0]))
fn bytes.center(self, width: int, fill: bytes = bytes::Bytes::lit(b" ")) -> bytes = bytes_text::center(&{self}, {width}, {fill}[0])
fn bytearray.center(self, width: int, fill: bytes = bytes::Bytes::lit(b" ")) -> bytearray = bytes_value::array(bytes_text::center(&{self}.to_bytes(), {width}, {fill}[0]))
fn bytes.zfill(self, width: int) -> bytes = bytes_text::zfill(&{self}, {width})
fn bytearray.zfill(self, width: int) -> bytearray = bytes_value::array(bytes_text::zfill(&{self}.to_bytes(), {width}))
fn bytes.expandtabs(self, tabsize: int = 8) -> bytes = bytes_text::expandtabs(&{self}, {tabsize})
fn bytearray.expandtabs(self, tabsize: int = 8) -> bytearray = bytes_value::array(bytes_text::expandtabs(&{self}.to_bytes(), {tabsize}))
fn bytes.removeprefix(self, prefix: &bytes) -> bytes = bytes_text::removeprefix(&{self}, {prefix})
fn bytearray.removeprefix(self, prefix: &bytes) -> bytearray = bytes_value::array(bytes_text::removeprefix(&{self}.to_bytes(), {prefix}))
fn bytes.removesuffix(self, suffix: &bytes) -> bytes = bytes_text::removesuffix(&{self}, {suffix})
fn bytearray.removesuffix(self, suffix: &bytes) -> bytearray = bytes_value::array(bytes_text::removesuffix(&{self}.to_bytes(), {suffix}))
fn bytes.translate(self, table: opt[&bytes], delete: bytes = bytes::Bytes::default()) -> bytes ! = bytes_text::translate(&{self}, bytes_value::slice({table}), &{delete})
fn bytearray.translate(self, table: opt[&bytes], delete: bytes = bytes::Bytes::default()) -> bytearray ! = bytes_text::translate(&{self}.to_bytes(), bytes_value::slice({table}), &{delete}).map(bytes_value::array)
fn bytes.isalpha(self) -> bool = bytes_text::isalpha(&{self})
fn bytearray.isalpha(self) -> bool = bytes_text::isalpha(&{self}.to_bytes())
fn bytes.isdigit(self) -> bool = bytes_text::isdigit(&{self})
fn bytearray.isdigit(self) -> bool = bytes_text::isdigit(&{self}.to_bytes())
fn bytes.isalnum(self) -> bool = bytes_text::isalnum(&{self})
fn bytearray.isalnum(self) -> bool = bytes_text::isalnum(&{self}.to_bytes())
fn bytes.isspace(self) -> bool = bytes_text::isspace(&{self})
fn bytearray.isspace(self) -> bool = bytes_text::isspace(&{self}.to_bytes())
fn bytes.isascii(self) -> bool = bytes_text::isascii(&{self})
fn bytearray.isascii(self) -> bool = bytes_text::isascii(&{self}.to_bytes())
fn bytes.isupper(self) -> bool = bytes_text::isupper(&{self})
fn bytearray.isupper(self) -> bool = bytes_text::isupper(&{self}.to_bytes())
fn bytes.islower(self) -> bool = bytes_text::islower(&{self})
fn bytearray.islower(self) -> bool = bytes_text::islower(&{self}.to_bytes())
fn bytes.istitle(self) -> bool = bytes_text::istitle(&{self})
fn bytearray.istitle(self) -> bool = bytes_text::istitle(&{self}.to_bytes())
fn bytearray.join(self, parts: iter[bytes]) -> bytearray = bytes_value::array(bytes_methods::join(&{self}.to_bytes(), {parts}))
fn bytearray.copy(self) -> bytearray = bytes::ByteArray::from({self}.to_bytes().to_vec())
fn bytearray.remove(self, value: int) -> none ! = {self}.remove({value})  # uses: bytes_value
fn bytearray.__delitem__(self, index: int) -> none ! = {self}.pop(Some({index})).map(|_| ())
fn bytes.maketrans(frm: &bytes, to: &bytes) -> bytes ! = bytes_text::maketrans({frm}, {to})
fn bytearray.maketrans(frm: &bytes, to: &bytes) -> bytes ! = bytes_text::maketrans({frm}, {to})
op bytearray + bytearray -> bytearray = bytes_value::joined(&{0}, &{1}.to_bytes())
op bytearray * int -> bytearray = bytes_value::repeated(&{0}, {1})
fn int.conjugate(self) -> int = i64::from({self})
fn int.as_integer_ratio(self) -> tuple[int, int] = ({self}, 1)
attr int.real -> int = {self}
attr int.imag -> int = 0i64
attr int.numerator -> int = {self}
attr int.denominator -> int = 1i64
attr float.real -> float = {self}
attr float.imag -> float = 0.0
fn float.conjugate(self) -> float = f64::from({self})
fn float.as_integer_ratio(self) -> tuple[int, int] ! = float::as_integer_ratio({self}).and_then(|(n, d)| Ok((n.index()?, d.index()?)))
fn float.hex(self) -> str = float::hex({self})
fn str.maketrans(x: any, y: opt[&str] = None, z: opt[&str] = None) -> dict[int, any] ! = translation::maketrans(&{x}, {y}, {z})
fn str.translate(self, table: any) -> str ! = translation::translate(&{self}, &{table})
fn str.format_map(self, mapping: any) -> str ! = strformat::format_map(&{self}, &{mapping})
fn int.from_bytes(bytes: &memoryview[T], byteorder: &str = 'big', signed: bool = False) -> int ! = int::Int::from_bytes(&({bytes}).to_bytes(), {byteorder}, {signed}).and_then(|i| i.index())  # uses: int_bits
fn int.from_bytes_large(bytes: &memoryview[T], byteorder: &str = 'big', signed: bool = False) -> big ! = int::Int::from_bytes(&({bytes}).to_bytes(), {byteorder}, {signed})  # uses: int_bits
