# base64, binascii, the checksums of zlib
fn base64.b64encode(s: &bytes) -> bytes = base64::b64encode
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
