# struct
fn struct.pack(format: &str, *values: any) -> bytes ! = struct_::pack({format}, &{values})
fn struct.unpack(format: &str, buffer: &bytes) -> many[any] ! = struct_::unpack({format}, {buffer})
fn struct.unpack_from(format: &str, buffer: &bytes, offset: int = 0) -> many[any] ! = struct_::unpack_from({format}, {buffer}, {offset})
fn struct.iter_unpack(format: &str, buffer: &bytes) -> list[many[any]] ! = struct_::iter_unpack({format}, {buffer}).map(List::from)  # uses: list
fn struct.calcsize(format: &str) -> int ! = struct_::calcsize
attr exceptions.struct.error -> any = struct_::error
