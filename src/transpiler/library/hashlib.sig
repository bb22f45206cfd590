# hashlib, hmac, secrets
type Hash = hashlib::Hash
type Hmac = hashlib::Hmac
fn hashlib.new(name: &str, data: bytes = bytes::Bytes::default()) -> Hash ! = hashlib::new({name}, &{data})
fn hashlib.md5(data: bytes = bytes::Bytes::default()) -> Hash ! = hashlib::new("md5", &{data})
fn hashlib.sha1(data: bytes = bytes::Bytes::default()) -> Hash ! = hashlib::new("sha1", &{data})
fn hashlib.sha224(data: bytes = bytes::Bytes::default()) -> Hash ! = hashlib::new("sha224", &{data})
fn hashlib.sha256(data: bytes = bytes::Bytes::default()) -> Hash ! = hashlib::new("sha256", &{data})
fn hashlib.sha384(data: bytes = bytes::Bytes::default()) -> Hash ! = hashlib::new("sha384", &{data})
fn hashlib.sha512(data: bytes = bytes::Bytes::default()) -> Hash ! = hashlib::new("sha512", &{data})
fn hashlib.sha3_224(data: bytes = bytes::Bytes::default()) -> Hash ! = hashlib::new("sha3_224", &{data})
fn hashlib.sha3_256(data: bytes = bytes::Bytes::default()) -> Hash ! = hashlib::new("sha3_256", &{data})
fn hashlib.sha3_384(data: bytes = bytes::Bytes::default()) -> Hash ! = hashlib::new("sha3_384", &{data})
fn hashlib.sha3_512(data: bytes = bytes::Bytes::default()) -> Hash ! = hashlib::new("sha3_512", &{data})
fn hashlib.blake2b(data: bytes = bytes::Bytes::default(), digest_size: int = 64, key: bytes = bytes::Bytes::default()) -> Hash ! = hashlib::blake2("blake2b", &{data}, {digest_size}, &{key})
fn hashlib.blake2s(data: bytes = bytes::Bytes::default(), digest_size: int = 32, key: bytes = bytes::Bytes::default()) -> Hash ! = hashlib::blake2("blake2s", &{data}, {digest_size}, &{key})
fn hashlib.pbkdf2_hmac(hash_name: &str, password: &bytes, salt: &bytes, iterations: int, dklen: opt[int] = None) -> bytes ! = hashlib::pbkdf2_hmac({hash_name}, {password}, {salt}, {iterations}, {dklen})
fn Hash.update(self, data: &bytes) -> none = .update
fn Hash.digest(self) -> bytes = .digest
fn Hash.hexdigest(self) -> str = .hexdigest
fn Hash.copy(self) -> Hash = .copy
attr Hash.name -> str = .name()
attr Hash.digest_size -> int = .digest_size()
attr Hash.block_size -> int = .block_size()
fn hmac.new(key: &bytes, msg: bytes = bytes::Bytes::default(), digestmod: &str = 'sha256') -> Hmac ! = hashlib::hmac_new({key}, &{msg}, {digestmod})
fn hmac.compare_digest(a: &bytes, b: &bytes) -> bool = hashlib::compare_digest({a}, {b})
fn Hmac.update(self, data: &bytes) -> none = .update
fn Hmac.digest(self) -> bytes ! = .digest
fn Hmac.hexdigest(self) -> str ! = .hexdigest
fn secrets.token_bytes(nbytes: int = 32) -> bytes ! = os::urandom({nbytes})
fn secrets.token_hex(nbytes: int = 32) -> str ! = os::urandom({nbytes}).map(|b| bytes_methods::hex(&b))
fn secrets.randbelow(n: int) -> int = random::Random::new().below({n})
fn secrets.choice(seq: iter[T]) -> T ! = random::Random::new().choice(&{seq})
fn os.urandom(n: int) -> bytes ! = os::urandom({n})
