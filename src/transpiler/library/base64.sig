# base64, binascii, the checksums of zlib
fn base64.b64encode(s: &bytes) -> bytes = base64::b64encode
fn base64.b64encode(s: &bytearray) -> bytes = base64::b64encode(&{s}.to_bytes())
fn base64.b64encode(s: &bytes, altchars: &bytes) -> bytes = base64_more::b64encode_alt({s}, {altchars})
fn base64.b64decode(s: any, validate: bool = False) -> bytes ! = base64::text_or_bytes(&{s}).and_then(|b| base64::b64decode(&b, {validate}))
fn base64.standard_b64encode(s: &bytes) -> bytes = base64::b64encode
fn base64.standard_b64decode(s: any) -> bytes ! = base64::text_or_bytes(&{s}).and_then(|b| base64::b64decode(&b, false))
fn base64.urlsafe_b64encode(s: &bytes) -> bytes = base64::urlsafe_b64encode
fn base64.urlsafe_b64decode(s: any) -> bytes ! = base64::text_or_bytes(&{s}).and_then(|b| base64::urlsafe_b64decode(&b))
fn base64.b32encode(s: &bytes) -> bytes = base64::b32encode
fn base64.b32decode(s: any) -> bytes ! = base64::text_or_bytes(&{s}).and_then(|b| base64::b32decode(&b))
fn base64.b16encode(s: &bytes) -> bytes = base64::b16encode
fn base64.b16decode(s: any) -> bytes ! = base64::text_or_bytes(&{s}).and_then(|b| base64::b16decode(&b))
fn binascii.hexlify(data: &bytes) -> bytes = base64::hexlify
fn binascii.unhexlify(data: any) -> bytes ! = base64::text_or_bytes(&{data}).and_then(|b| base64::unhexlify(&b))
fn binascii.crc32(data: &bytes, value: int = 0) -> int = base64::crc32
attr exceptions.binascii.Error -> any = base64::Error
fn zlib.crc32(data: &bytes, value: int = 0) -> int = base64::crc32
fn zlib.adler32(data: &bytes, value: int = 1) -> int = base64::adler32
fn base64.b64decode(s: any, altchars: &bytes, validate: bool = False) -> bytes ! = base64::text_or_bytes(&{s}).and_then(|b| base64_more::b64decode_alt(&b, {altchars}, {validate}))
fn base64.b85encode(b: &bytes, pad: bool = False) -> bytes = base64_more::b85encode({b}, {pad})
fn base64.b85decode(b: any) -> bytes ! = base64::text_or_bytes(&{b}).and_then(|b| base64_more::b85decode(&b))
fn base64.a85encode(b: &bytes) -> bytes = base64_more::a85encode({b})
fn base64.a85decode(b: any) -> bytes ! = base64::text_or_bytes(&{b}).and_then(|b| base64_more::a85decode(&b))
fn base64.encodebytes(s: &bytes) -> bytes = base64_more::encodebytes({s})
fn base64.decodebytes(s: &bytes) -> bytes ! = base64::b64decode({s}, false)
fn base64.b32hexencode(s: &bytes) -> bytes = base64_more::b32hexencode({s})
fn base64.b32hexdecode(s: any) -> bytes ! = base64::text_or_bytes(&{s}).and_then(|b| base64_more::b32hexdecode(&b))
fn binascii.b2a_base64(data: &bytes, newline: bool = True) -> bytes = base64_more::b2a_base64({data}, {newline})
fn binascii.a2b_base64(data: any) -> bytes ! = base64::text_or_bytes(&{data}).and_then(|b| base64::b64decode(&b, false))
fn binascii.b2a_hex(data: &bytes) -> bytes = base64::hexlify
fn binascii.a2b_hex(data: any) -> bytes ! = base64::text_or_bytes(&{data}).and_then(|b| base64::unhexlify(&b))
fn binascii.crc_hqx(data: &bytes, value: int) -> int = base64_more::crc_hqx({data}, {value})
