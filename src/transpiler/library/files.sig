# open and file objects. `file` is a text file; `binfile` the same Rust type with the methods of bytes: the emitter takes the rows
# with _binary when the mode is a literal that has a b.
type file = files::File
type binfile = files::File
fn open(file: any, mode: &str = 'r', buffering: int = -1, encoding: opt[&str] = None, errors: opt[&str] = None, newline: opt[&str] = None) -> file ! = files::open(&os::path_text(&{file}), {mode}, {encoding}, {errors}, {newline})
fn open_binary(file: any, mode: &str = 'rb', buffering: int = -1) -> binfile ! = files::open(&os::path_text(&{file}), {mode}, None, None, None)
fn io.StringIO(initial_value: &str = '', newline: opt[&str] = None) -> file = files::string_io({initial_value})
fn io.BytesIO(initial_bytes: bytes = bytes::Bytes::default()) -> binfile = files::bytes_io(&{initial_bytes})
attr sys.stdin -> file ! = files::stdin()
attr sys.stdout -> file = files::stdout()
attr sys.stderr -> file = files::stderr()
attr sys.stdin.buffer -> binfile ! = files::stdin()
attr sys.stdout.buffer -> binfile = files::stdout()
fn sys.stdin.buffer.read() -> bytes ! = out::read_bytes().map(bytes::Bytes::from)
fn sys.stdout.buffer.write(data: &bytes) -> int ! = files::stdout().write_bytes({data})
fn sys.stdout.buffer.flush() -> none = out::flush()
attr exceptions.io.UnsupportedOperation -> any = files::UnsupportedOperation
fn file.read(self, size: opt[int] = None) -> str ! = .read
fn file.readline(self) -> str ! = .readline
fn file.readlines(self) -> list[str] ! = {self}.readlines().map(List::from)  # uses: list
fn file.write(self, text: &str) -> int ! = .write
fn file.writelines(self, lines: iter[str]) -> none ! = .writelines
fn file.flush(self) -> none ! = .flush
fn file.close(self) -> none ! = .close
fn file.seek(self, offset: int, whence: int = 0) -> int ! = .seek
fn file.tell(self) -> int ! = .tell
fn file.truncate(self, size: opt[int] = None) -> int ! = .truncate
fn file.getvalue(self) -> str ! = .getvalue
fn file.readable(self) -> bool = .readable
fn file.writable(self) -> bool = .writable
fn file.__enter__(self) -> file = .clone
fn file.__exit__(self) -> none ! = .close
attr file.__class_name__ -> str = .class_name(true)
attr binfile.__class_name__ -> str = .class_name(false)
attr file.name -> str = .name()
attr file.mode -> str = .mode()
attr file.closed -> bool = .closed()
iter file -> str ! = {self}.lines()
fn binfile.read(self, size: opt[int] = None) -> bytes ! = .read_bytes
fn binfile.readline(self) -> bytes ! = .readline_bytes
fn binfile.write(self, data: &bytes) -> int ! = .write_bytes
fn binfile.flush(self) -> none ! = .flush
fn binfile.close(self) -> none ! = .close
fn binfile.seek(self, offset: int, whence: int = 0) -> int ! = .seek
fn binfile.tell(self) -> int ! = .tell
fn binfile.truncate(self, size: opt[int] = None) -> int ! = .truncate
fn binfile.getvalue(self) -> bytes ! = .getvalue_bytes
fn binfile.__enter__(self) -> binfile = .clone
fn binfile.__exit__(self) -> none ! = .close
attr binfile.name -> str = .name()
attr binfile.closed -> bool = .closed()
iter binfile -> bytes ! = {self}.lines_bytes()
type ZipFile = zipfile::ZipFile
type ZipInfo = zipfile::ZipInfo
class zipfile.ZipFile(file: any, mode: &str = 'r', compression: int = 0) -> ZipFile ! = zipfile::ZipFile::open(&os::path_text(&{file}), {mode}, {compression})
attr zipfile.ZIP_STORED -> int = zipfile::ZIP_STORED
attr zipfile.ZIP_DEFLATED -> int = zipfile::ZIP_DEFLATED
attr exceptions.zipfile.BadZipFile -> any = zipfile::BadZipFile
fn zipfile.is_zipfile(filename: &str) -> bool = zipfile::is_zipfile({filename})
fn ZipFile.namelist(self) -> list[str] = List::from({self}.namelist())  # uses: list
fn ZipFile.infolist(self) -> list[ZipInfo] = List::from({self}.infolist())  # uses: list
fn ZipFile.getinfo(self, name: &str) -> ZipInfo ! = .getinfo
fn ZipFile.read(self, name: &str) -> bytes ! = .read
fn ZipFile.write(self, filename: any, arcname: opt[&str] = None) -> none ! = {self}.write(&os::path_text(&{filename}), {arcname})
fn ZipFile.writestr(self, name: &str, data: any) -> none ! = {self}.writestr({name}, &bytes_value::make(&{data}, "utf-8")?)
fn ZipFile.extract(self, member: &str, path: &str = '.') -> str ! = .extract
fn ZipFile.extractall(self, path: any = Value::from(".")) -> none ! = {self}.extractall(&os::path_text(&{path}))
fn ZipFile.close(self) -> none ! = .close
fn ZipFile.__enter__(self) -> ZipFile = .clone
fn ZipFile.__exit__(self) -> none ! = .close
attr ZipInfo.filename -> str = .filename.clone()
attr ZipInfo.file_size -> int = .file_size
attr ZipInfo.compress_size -> int = .compress_size
attr ZipInfo.date_time -> tuple[int, int, int, int, int, int] = .date_time
fn ZipInfo.is_dir(self) -> bool = .is_dir
fn gzip.compress(data: &bytes, compresslevel: int = 9, mtime: int = -1) -> bytes = zipfile::gzip({data}, {compresslevel}, {mtime})
fn gzip.decompress(data: &bytes) -> bytes ! = zipfile::gunzip({data})
attr exceptions.gzip.BadGzipFile -> any = zipfile::BadGzipFile
fn file.seekable(self) -> bool = bool::from(true)
fn file.isatty(self) -> bool = bool::from(false)
fn binfile.seekable(self) -> bool = bool::from(true)
fn binfile.isatty(self) -> bool = bool::from(false)
fn binfile.readable(self) -> bool = .readable
fn binfile.writable(self) -> bool = .writable
fn binfile.readlines(self) -> list[bytes] ! = {self}.lines_bytes().collect::<Result<Vec<_>, _>>().map(List::from)  # uses: list
fn binfile.writelines(self, lines: iter[bytes]) -> none ! = {lines}.iter().try_for_each(|l| {self}.write_bytes(l).map(|_| ()))
fn binfile.getbuffer(self) -> bytes ! = .getvalue_bytes
attr binfile.mode -> str = .mode()
attr io.SEEK_SET -> int = 0i64
attr io.SEEK_CUR -> int = 1i64
attr io.SEEK_END -> int = 2i64
attr io.DEFAULT_BUFFER_SIZE -> int = 8192i64
fn io.open(file: any, mode: &str = 'r', buffering: int = -1, encoding: opt[&str] = None, errors: opt[&str] = None, newline: opt[&str] = None) -> file ! = files::open(&os::path_text(&{file}), {mode}, {encoding}, {errors}, {newline})
fn gzip.open(filename: any, mode: &str = 'rb', compresslevel: int = 9, encoding: opt[&str] = None, errors: opt[&str] = None, newline: opt[&str] = None) -> file ! = gzip_file::open(&os::path_text(&{filename}), {mode}, {compresslevel}, [{encoding}, {errors}, {newline}])
fn gzip.open_binary(filename: any, mode: &str = 'rb', compresslevel: int = 9) -> binfile ! = gzip_file::open(&os::path_text(&{filename}), {mode}, {compresslevel}, [None, None, None])
fn gzip.open_binary(filename: binfile, mode: &str = 'rb', compresslevel: int = 9) -> binfile ! = gzip_file::of_file({filename}, {mode}, {compresslevel}, -1)
class gzip.GzipFile(filename: any, mode: &str = 'rb', compresslevel: int = 9) -> binfile ! = gzip_file::open(&os::path_text(&{filename}), {mode}, {compresslevel}, [None, None, None])
class gzip.GzipFile(fileobj: binfile, mode: &str = 'rb', compresslevel: int = 9, mtime: int = -1) -> binfile ! = gzip_file::of_file({fileobj}, {mode}, {compresslevel}, {mtime})
