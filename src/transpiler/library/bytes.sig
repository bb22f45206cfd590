# bytes and bytearray
type bytearray = bytes::ByteArray
class bytes(source: any = None, encoding: &str = 'utf-8') -> bytes ! = bytes_value::make(&{source}, {encoding}).map(bytes::Bytes::from)
class bytearray(source: any = None, encoding: &str = 'utf-8') -> bytearray ! = bytes_value::make(&{source}, {encoding}).map(bytes::ByteArray::from)
fn str.encode(self, encoding: &str = 'utf-8', errors: &str = 'strict') -> bytes ! = .encode  # uses: codecs
fn bytes.fromhex(s: &str) -> bytes ! = bytes_methods::fromhex({s}).map(bytes::Bytes::from)
fn bytearray.fromhex(s: &str) -> bytearray ! = bytes_methods::fromhex({s}).map(bytes::ByteArray::from)
fn bytes.decode(self, encoding: &str = 'utf-8', errors: &str = 'strict') -> str ! = .decode  # uses: codecs
fn bytes.hex(self, sep: opt[&str] = None, bytes_per_sep: int = 1) -> str ! = bytes_methods::hex_opt(&{self}, {sep}, {bytes_per_sep})
fn bytes.find(self, sub: &bytes, start: opt[int] = None, end: opt[int] = None) -> int = bytes_methods::find(&{self}, {sub}, {start}, {end})
fn bytes.rfind(self, sub: &bytes, start: opt[int] = None, end: opt[int] = None) -> int = bytes_methods::rfind(&{self}, {sub}, {start}, {end})
fn bytes.index(self, sub: &bytes, start: opt[int] = None, end: opt[int] = None) -> int ! = bytes_methods::index(&{self}, {sub}, {start}, {end})
fn bytes.count(self, sub: &bytes, start: opt[int] = None, end: opt[int] = None) -> int = bytes_methods::count(&{self}, {sub}, {start}, {end})
fn bytes.startswith(self, prefix: &bytes) -> bool = bytes_methods::startswith(&{self}, {prefix})
fn bytes.endswith(self, suffix: &bytes) -> bool = bytes_methods::endswith(&{self}, {suffix})
fn bytes.replace(self, old: &bytes, new: &bytes, count: int = -1) -> bytes = bytes_methods::replace(&{self}, {old}, {new}, {count})
fn bytes.split(self, sep: opt[&bytes] = None, maxsplit: int = -1) -> list[bytes] ! = bytes_methods::split(&{self}, {sep}.map(|s| &s[..]), {maxsplit}).map(List::from)  # uses: list
fn bytes.splitlines(self, keepends: bool = False) -> list[bytes] = List::from(bytes_methods::splitlines(&{self}, {keepends}))  # uses: list
fn bytes.partition(self, sep: &bytes) -> tuple[bytes, bytes, bytes] ! = bytes_methods::partition(&{self}, {sep})
fn bytes.strip(self, chars: opt[&bytes] = None) -> bytes = bytes_methods::strip(&{self}, {chars}.map(|s| &s[..]))
fn bytes.lstrip(self, chars: opt[&bytes] = None) -> bytes = bytes_methods::lstrip(&{self}, {chars}.map(|s| &s[..]))
fn bytes.rstrip(self, chars: opt[&bytes] = None) -> bytes = bytes_methods::rstrip(&{self}, {chars}.map(|s| &s[..]))
fn bytes.upper(self) -> bytes = bytes_methods::upper(&{self})
fn bytes.lower(self) -> bytes = bytes_methods::lower(&{self})
fn bytes.ljust(self, width: int, fill: bytes = bytes::Bytes::lit(b" ")) -> bytes = bytes_methods::ljust(&{self}, {width}, {fill}[0])
fn bytes.rjust(self, width: int, fill: bytes = bytes::Bytes::lit(b" ")) -> bytes = bytes_methods::rjust(&{self}, {width}, {fill}[0])
fn bytes.join(self, parts: iter[bytes]) -> bytes = bytes_methods::join(&{self}, {parts})
fn bytearray.__len__(self) -> int = .len
fn bytearray.__getitem__(self, index: int) -> int ! = .item
fn bytearray.__setitem__(self, index: int, value: int) -> none ! = .set
fn bytearray.__contains__(self, value: int) -> bool = {self}.borrow().contains(&({value} as u8))
fn bytearray.append(self, value: int) -> none ! = .append
fn bytearray.extend(self, data: any) -> none ! = {self}.extend_value(&{data})  # uses: bytes_value
fn bytearray.insert(self, index: int, value: int) -> none ! = .insert
fn bytearray.pop(self, index: opt[int] = None) -> int ! = .pop
fn bytearray.clear(self) -> none = .clear
fn bytearray.reverse(self) -> none = .reverse
fn bytearray.hex(self) -> str = bytes_methods::hex(&{self}.borrow())
fn bytearray.decode(self, encoding: &str = 'utf-8', errors: &str = 'strict') -> str ! = .decode  # uses: codecs
fn bytearray.find(self, sub: &bytes, start: opt[int] = None, end: opt[int] = None) -> int = bytes_methods::find(&{self}.borrow(), {sub}, {start}, {end})
fn bytearray.__bytes__(self) -> bytes = .to_bytes
iter bytearray -> int = {self}.ints()
op bytearray + bytes -> bytearray = bytes::ByteArray::from([&{0}.borrow()[..], &{1}[..]].concat())
fn int.to_bytes(self, length: int = 1, byteorder: &str = 'big', signed: bool = False) -> bytes ! = Int::from({self}).to_bytes({length}, {byteorder}, {signed}).map(bytes::Bytes::from)  # uses: int int_bits
fn int.from_bytes(data: &bytes, byteorder: &str = 'big', signed: bool = False) -> int ! = int::Int::from_bytes({data}, {byteorder}, {signed}).and_then(|i| i.index())  # uses: int_bits
