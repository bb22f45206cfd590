# struct
fn struct.pack(format: &str, *values: any) -> bytes ! = struct_::pack({format}, &{values})
fn struct.unpack(format: &str, buffer: &bytes) -> many[any] ! = struct_::unpack({format}, {buffer})
fn struct.unpack_from(format: &str, buffer: &bytes, offset: int = 0) -> many[any] ! = struct_::unpack_from({format}, {buffer}, {offset})
fn struct.iter_unpack(format: &str, buffer: &bytes) -> list[many[any]] ! = struct_::iter_unpack({format}, {buffer}).map(List::from)  # uses: list
fn struct.calcsize(format: &str) -> int ! = struct_::calcsize
attr exceptions.struct.error -> any = struct_::error
fn struct.pack_into(format: &str, buffer: &bytearray, offset: int, *values: any) -> none ! = struct_more::pack_into({format}, {buffer}, {offset}, &{values})
fn struct.unpack(format: &str, buffer: &bytearray) -> many[any] ! = struct_::unpack({format}, &{buffer}.to_bytes())
fn struct.unpack_from(format: &str, buffer: &bytearray, offset: int = 0) -> many[any] ! = struct_::unpack_from({format}, &{buffer}.to_bytes(), {offset})
type Struct = struct_more::Struct
class struct.Struct(format: &str) -> Struct ! = struct_more::Struct::new
attr Struct.format -> str = .format.clone()
attr Struct.size -> int = .size
fn Struct.pack(self, *values: any) -> bytes ! = struct_::pack(&{self}.format, &{values})
fn Struct.pack_into(self, buffer: &bytearray, offset: int, *values: any) -> none ! = struct_more::pack_into(&{self}.format, {buffer}, {offset}, &{values})
fn Struct.unpack(self, buffer: &bytes) -> many[any] ! = struct_::unpack(&{self}.format, {buffer})
fn Struct.unpack_from(self, buffer: &bytes, offset: int = 0) -> many[any] ! = struct_::unpack_from(&{self}.format, {buffer}, {offset})
fn Struct.iter_unpack(self, buffer: &bytes) -> list[many[any]] ! = struct_::iter_unpack(&{self}.format, {buffer}).map(List::from)  # uses: list
