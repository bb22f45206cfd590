# hashlib, hmac, secrets
type Hash = hashlib::Hash
type Hmac = hashlib::Hmac
attr Hash.__class_name__ -> str = .class_name()
fn hashlib.new(name: &str, data: bytes = bytes::Bytes::default()) -> Hash ! = hashlib::new({name}, &{data})
fn hashlib.md5(string: bytes = bytes::Bytes::default(), usedforsecurity: bool = True) -> Hash ! = hashlib::new("md5", &{string})
fn hashlib.sha1(string: bytes = bytes::Bytes::default(), usedforsecurity: bool = True) -> Hash ! = hashlib::new("sha1", &{string})
fn hashlib.sha224(string: bytes = bytes::Bytes::default(), usedforsecurity: bool = True) -> Hash ! = hashlib::new("sha224", &{string})
fn hashlib.sha256(string: bytes = bytes::Bytes::default(), usedforsecurity: bool = True) -> Hash ! = hashlib::new("sha256", &{string})
fn hashlib.sha384(string: bytes = bytes::Bytes::default(), usedforsecurity: bool = True) -> Hash ! = hashlib::new("sha384", &{string})
fn hashlib.sha512(string: bytes = bytes::Bytes::default(), usedforsecurity: bool = True) -> Hash ! = hashlib::new("sha512", &{string})
fn hashlib.sha3_224(string: bytes = bytes::Bytes::default(), usedforsecurity: bool = True) -> Hash ! = hashlib::new("sha3_224", &{string})
fn hashlib.sha3_256(string: bytes = bytes::Bytes::default(), usedforsecurity: bool = True) -> Hash ! = hashlib::new("sha3_256", &{string})
fn hashlib.sha3_384(string: bytes = bytes::Bytes::default(), usedforsecurity: bool = True) -> Hash ! = hashlib::new("sha3_384", &{string})
fn hashlib.sha3_512(string: bytes = bytes::Bytes::default(), usedforsecurity: bool = True) -> Hash ! = hashlib::new("sha3_512", &{string})
fn hashlib.blake2b(data: bytes = bytes::Bytes::default(), digest_size: int = 64, key: bytes = bytes::Bytes::default(), salt: bytes = bytes::Bytes::default(), person: bytes = bytes::Bytes::default()) -> Hash ! = hashlib::blake2("blake2b", &{data}, {digest_size}, &{key}, &{salt}, &{person})
fn hashlib.blake2s(data: bytes = bytes::Bytes::default(), digest_size: int = 32, key: bytes = bytes::Bytes::default(), salt: bytes = bytes::Bytes::default(), person: bytes = bytes::Bytes::default()) -> Hash ! = hashlib::blake2("blake2s", &{data}, {digest_size}, &{key}, &{salt}, &{person})
fn hashlib.pbkdf2_hmac(hash_name: &str, password: &bytes, salt: &bytes, iterations: int, dklen: opt[int] = None) -> bytes ! = hashlib::pbkdf2_hmac({hash_name}, {password}, {salt}, {iterations}, {dklen})
fn Hash.update(self, data: &bytes) -> none = .update
fn Hash.digest(self) -> bytes = .digest
fn Hash.hexdigest(self) -> str = .hexdigest
fn Hash.copy(self) -> Hash = .copy
attr Hash.name -> str = .name()
attr Hash.digest_size -> int = .digest_size()
attr Hash.block_size -> int = .block_size()
fn hmac.new(key: &bytes, msg: opt[bytes] = None, digestmod: nameof) -> Hmac ! = hashlib::hmac_new({key}, &{msg}.unwrap_or_default(), {digestmod})
fn hmac.compare_digest(a: any, b: any) -> bool = hash_more::compare_digest(&{a}, &{b})
fn secrets.compare_digest(a: any, b: any) -> bool = hash_more::compare_digest(&{a}, &{b})
fn Hmac.update(self, data: &bytes) -> none = .update
fn Hmac.digest(self) -> bytes ! = .digest
fn Hmac.hexdigest(self) -> str ! = .hexdigest
fn secrets.token_bytes(nbytes: int = 32) -> bytes ! = os::urandom({nbytes})
fn secrets.token_hex(nbytes: int = 32) -> str ! = os::urandom({nbytes}).map(|b| bytes_methods::hex(&b))
fn secrets.randbelow(n: int) -> int = random::Random::new().below({n})
fn secrets.choice(seq: iter[T]) -> T ! = random::Random::new().choice(&{seq})
fn os.urandom(n: int) -> bytes ! = os::urandom({n})
fn hmac.digest(key: &bytes, msg: &bytes, digest: nameof) -> bytes ! = hashlib::hmac_new({key}, {msg}, {digest}).and_then(|h| h.digest())
attr Hmac.name -> str = hash_more::hmac_name(&{self})
attr Hmac.digest_size -> int ! = {self}.digest().map(|d| d.len())
fn Hmac.copy(self) -> Hmac ! = hash_more::hmac_copy(&{self})
type Shake = hash_more::Shake
fn hashlib.shake_128(string: bytes = bytes::Bytes::default()) -> Shake ! = hash_more::Shake::new("shake_128", &{string})
fn hashlib.shake_256(string: bytes = bytes::Bytes::default()) -> Shake ! = hash_more::Shake::new("shake_256", &{string})
fn Shake.update(self, data: &bytes) -> none = {self}.0.update({data})
fn Shake.digest(self, length: int) -> bytes = {self}.0.digest_of({length})
fn Shake.hexdigest(self, length: int) -> str = {self}.0.hexdigest_of({length})
attr Shake.name -> str = .0.name()
attr hashlib.algorithms_available -> set[str] = hash_more::NAMES.iter().map(|n| Str::lit(n)).collect::<set::Set<_>>()
attr hashlib.algorithms_guaranteed -> set[str] = hash_more::NAMES.iter().map(|n| Str::lit(n)).collect::<set::Set<_>>()
fn hashlib.scrypt(password: &bytes, salt: &bytes, n: int, r: int, p: int, maxmem: int = 0, dklen: int = 64) -> bytes ! = hash_more::scrypt({password}, {salt}, {n}, {r}, {p}, {dklen})
fn hashlib.file_digest(fileobj: &binfile, digest: nameof) -> Hash ! = {fileobj}.read_bytes(None).and_then(|b| hashlib::new({digest}, &b))  # uses: files
fn secrets.randbits(k: int) -> int ! = random::Random::new().getrandbits({k}).and_then(|i| i.index())
