# os, os.path, shutil, tempfile
type stat_result = os::Stat
attr os.sep -> str = os::sep
attr os.linesep -> str = os::linesep
attr os.name -> str = os::name
attr os.pathsep -> str = os::pathsep
attr os.curdir -> str = os::curdir
fn os.getcwd() -> str = os::getcwd
fn os.chdir(path: any) -> none ! = os::chdir(&os::path_text(&{path}))
fn os.listdir(path: any = Value::from(".")) -> list[str] ! = os::listdir(&os::path_text(&{path})).map(List::from)  # uses: list
fn os.mkdir(path: any, mode: int = 511) -> none ! = os::mkdir(&os::path_text(&{path}))
fn os.makedirs(name: any, mode: int = 511, exist_ok: bool = False) -> none ! = os::makedirs(&os::path_text(&{name}), {exist_ok})
fn os.remove(path: any) -> none ! = os::remove(&os::path_text(&{path}))
fn os.unlink(path: any) -> none ! = os::remove(&os::path_text(&{path}))
fn os.rmdir(path: any) -> none ! = os::rmdir(&os::path_text(&{path}))
fn os.rename(src: any, dst: any) -> none ! = os::rename(&os::path_text(&{src}), &os::path_text(&{dst}))
fn os.replace(src: any, dst: any) -> none ! = os::rename(&os::path_text(&{src}), &os::path_text(&{dst}))
fn os.symlink(src: any, dst: any) -> none ! = os::symlink(&os::path_text(&{src}), &os::path_text(&{dst}))
fn os.chmod(path: any, mode: int) -> none ! = os::chmod(&os::path_text(&{path}), {mode})
fn os.stat(path: any) -> stat_result ! = os::stat(&os::path_text(&{path}))
fn os.getenv(key: &str, default: any = None) -> any = os::getenv({key}).map_or({default}, Value::Str)
fn os.getpid() -> int = os::getpid
fn os.cpu_count() -> opt[int] = os::cpu_count
attr stat_result.st_mode -> int = .st_mode
attr stat_result.st_size -> int = .st_size
attr stat_result.st_mtime -> float = .st_mtime
attr stat_result.st_atime -> float = .st_atime
attr stat_result.st_ctime -> float = .st_ctime
fn os.path.split(path: any) -> tuple[str, str] = ospath::split(&os::path_text(&{path}))
fn os.path.basename(path: any) -> str = ospath::basename(&os::path_text(&{path}))
fn os.path.dirname(path: any) -> str = ospath::dirname(&os::path_text(&{path}))
fn os.path.splitext(path: any) -> tuple[str, str] = ospath::splitext(&os::path_text(&{path}))
fn os.path.isabs(path: any) -> bool = ospath::isabs(&os::path_text(&{path}))
fn os.path.normpath(path: any) -> str = ospath::normpath(&os::path_text(&{path}))
fn os.path.abspath(path: any) -> str = ospath::abspath(&os::path_text(&{path}))
fn os.path.realpath(path: any) -> str = ospath::realpath(&os::path_text(&{path}))
fn os.path.relpath(path: any, start: any = Value::from(".")) -> str = ospath::relpath(&os::path_text(&{path}), &os::path_text(&{start}))
fn os.path.commonprefix(items: iter[str]) -> str = ospath::commonprefix(&{items})
fn os.path.expanduser(path: any) -> str = ospath::expanduser(&os::path_text(&{path}))
fn os.path.expandvars(path: any) -> str = ospath::expandvars(&os::path_text(&{path}))
fn os.path.exists(path: any) -> bool = ospath::exists(&os::path_text(&{path}))
fn os.path.lexists(path: any) -> bool = ospath::lexists(&os::path_text(&{path}))
fn os.path.isfile(path: any) -> bool = ospath::isfile(&os::path_text(&{path}))
fn os.path.isdir(path: any) -> bool = ospath::isdir(&os::path_text(&{path}))
fn os.path.islink(path: any) -> bool = ospath::islink(&os::path_text(&{path}))
fn os.path.getsize(path: any) -> int ! = ospath::getsize(&os::path_text(&{path}))
fn os.path.getmtime(path: any) -> float ! = ospath::getmtime(&os::path_text(&{path}))
fn os.path.getatime(path: any) -> float ! = ospath::getatime(&os::path_text(&{path}))
fn os.path.getctime(path: any) -> float ! = ospath::getctime(&os::path_text(&{path}))
fn shutil.copy(src: any, dst: any) -> str ! = os::copy(&os::path_text(&{src}), &os::path_text(&{dst}))
fn shutil.copyfile(src: any, dst: any) -> str ! = os::copy(&os::path_text(&{src}), &os::path_text(&{dst}))
fn shutil.copy2(src: any, dst: any) -> str ! = os::copy2(&os::path_text(&{src}), &os::path_text(&{dst}))
fn shutil.copytree(src: any, dst: any, dirs_exist_ok: bool = False) -> str ! = os::copytree(&os::path_text(&{src}), &os::path_text(&{dst}), {dirs_exist_ok})
fn shutil.move(src: any, dst: any) -> str ! = os::move_(&os::path_text(&{src}), &os::path_text(&{dst}))
fn shutil.rmtree(path: any, ignore_errors: bool = False) -> none ! = os::rmtree(&os::path_text(&{path}), {ignore_errors})
fn shutil.which(cmd: &str) -> opt[str] = os::which({cmd})
fn tempfile.gettempdir() -> str = os::gettempdir
fn tempfile.mkdtemp(suffix: &str = '', prefix: &str = 'tmp', dir: opt[&str] = None) -> str ! = os::mkdtemp({suffix}, {prefix}, {dir})
type TemporaryDirectory = tempdir::TemporaryDirectory
class tempfile.TemporaryDirectory(suffix: &str = '', prefix: &str = 'tmp', dir: opt[&str] = None) -> TemporaryDirectory ! = tempdir::TemporaryDirectory::new({suffix}, {prefix}, {dir})
attr TemporaryDirectory.name -> str = .name()
fn TemporaryDirectory.cleanup(self) -> none ! = .cleanup
fn TemporaryDirectory.__enter__(self) -> str = .name
fn TemporaryDirectory.__exit__(self) -> none ! = .cleanup
fn tempfile.NamedTemporaryFile(mode: &str = 'w+b', suffix: &str = '', prefix: &str = 'tmp', dir: opt[&str] = None, delete: bool = True) -> file ! = tempdir::named({mode}, {suffix}, {prefix}, {dir}, {delete})  # uses: files
type Environ = environ::Environ
attr os.environ -> Environ = environ::Environ
fn Environ.get(self, key: &str, default: any = None) -> any = {self}.get({key}).map_or({default}, Value::Str)
fn Environ.items(self) -> list[tuple[str, str]] = .items
fn Environ.keys(self) -> list[str] = .keys
fn Environ.values(self) -> list[str] = .values
fn Environ.copy(self) -> dict[str, str] = .copy
fn Environ.pop(self, key: &str, default: opt[str] = None) -> opt[str] ! = .pop
fn Environ.setdefault(self, key: &str, value: &str) -> str = .setdefault
fn Environ.__getitem__(self, key: &str) -> str ! = .item
fn Environ.__setitem__(self, key: &str, value: &str) -> none = .set
fn Environ.__delitem__(self, key: &str) -> none ! = .del
fn Environ.__contains__(self, key: &str) -> bool = .contains
fn Environ.__len__(self) -> int = .len
iter Environ -> str = {self}.keys()
fn os.path.join(*parts: any) -> str ! = os_extra::join(&{parts})
fn os.walk(top: any, topdown: bool = True, onerror: none = None, followlinks: bool = False) -> iter[tuple[str, list[str], list[str]]] = glue::PyIter::new(os_walk::walk(&os::path_text(&{top}), {topdown}, {followlinks}))
type DirEntry = os_walk::DirEntry
type ScandirIterator = os_extra::Scan
fn os.scandir(path: any = Value::from(".")) -> ScandirIterator ! = os_walk::scandir(&os::path_text(&{path})).map(os_extra::Scan::new)
fn ScandirIterator.__enter__(self) -> ScandirIterator = .clone
fn ScandirIterator.__exit__(self) -> none = ()
fn ScandirIterator.close(self) -> none = ()
iter ScandirIterator -> DirEntry = {self}.entries()
attr DirEntry.name -> str = .name.clone()
attr DirEntry.path -> str = .path.clone()
fn DirEntry.is_dir(self, follow_symlinks: bool = True) -> bool = .is_dir
fn DirEntry.is_file(self, follow_symlinks: bool = True) -> bool = .is_file
fn DirEntry.is_symlink(self) -> bool = .is_symlink
fn DirEntry.stat(self) -> stat_result ! = .stat  # uses: os
fn os.readlink(path: any) -> str ! = os::readlink(&os::path_text(&{path}))
fn os.link(src: any, dst: any) -> none ! = os::link(&os::path_text(&{src}), &os::path_text(&{dst}))
fn os.lstat(path: any) -> stat_result ! = os_extra::lstat(&os::path_text(&{path}))
fn os.access(path: any, mode: int) -> bool = os_extra::access(&os::path_text(&{path}), {mode})
fn os.fspath(path: any) -> str = os::path_text(&{path})
fn os.removedirs(name: any) -> none ! = os_extra::removedirs(&os::path_text(&{name}))
fn os.renames(old: any, new: any) -> none ! = os_extra::renames(&os::path_text(&{old}), &os::path_text(&{new}))
fn os.truncate(path: any, length: int) -> none ! = os_extra::truncate(&os::path_text(&{path}), {length})
fn os.utime(path: any, times: opt[tuple[float, float]] = None) -> none ! = os_extra::utime(&os::path_text(&{path}), {times})
fn os.getppid() -> int = os_extra::getppid
fn os.getuid() -> int = os_extra::getuid
fn os.getgid() -> int = os_extra::getgid
fn os.geteuid() -> int = os_extra::getuid
fn os.getegid() -> int = os_extra::getgid
fn os.system(command: &str) -> int ! = os_extra::system
fn os.umask(mask: int) -> int = os_extra::umask
fn os.putenv(key: &str, value: &str) -> none = os::setenv({key}, {value})
fn os.unsetenv(key: &str) -> none = os::unsetenv({key})
fn os.strerror(code: int) -> str = os_extra::strerror
type terminal_size = os_extra::TerminalSize
fn os.get_terminal_size() -> terminal_size ! = os_extra::terminal_size_of_stdout
fn shutil.get_terminal_size(fallback: tuple[int, int] = (80, 24)) -> terminal_size = os_extra::get_terminal_size({fallback})
attr terminal_size.columns -> int = .columns
attr terminal_size.lines -> int = .lines
fn terminal_size.__getitem__(self, index: int) -> int ! = .item
iter terminal_size -> int = {self}.items()
attr os.pardir -> str = Str::lit("..")
attr os.extsep -> str = Str::lit(".")
attr os.devnull -> str = Str::lit("/dev/null")
attr os.altsep -> none = ()
attr os.defpath -> str = Str::lit("/bin:/usr/bin")
attr os.path.sep -> str = Str::lit("/")
attr os.path.pardir -> str = Str::lit("..")
attr os.path.curdir -> str = Str::lit(".")
attr os.path.pathsep -> str = Str::lit(":")
attr os.path.extsep -> str = Str::lit(".")
attr os.path.devnull -> str = Str::lit("/dev/null")
attr os.F_OK -> int = 0i64
attr os.X_OK -> int = 1i64
attr os.W_OK -> int = 2i64
attr os.R_OK -> int = 4i64
attr os.SEEK_SET -> int = 0i64
attr os.SEEK_CUR -> int = 1i64
attr os.SEEK_END -> int = 2i64
attr os.EX_OK -> int = 0i64
attr os.EX_USAGE -> int = 64i64
attr os.EX_DATAERR -> int = 65i64
attr os.EX_NOINPUT -> int = 66i64
attr os.EX_SOFTWARE -> int = 70i64
attr os.EX_IOERR -> int = 74i64
attr os.EX_CONFIG -> int = 78i64
fn os.path.samefile(a: any, b: any) -> bool ! = ospath::samefile(&os::path_text(&{a}), &os::path_text(&{b}))
fn os.path.commonpath(paths: iter[str]) -> str ! = os_extra::commonpath(&{paths})
fn os.path.splitdrive(path: any) -> tuple[str, str] = (Str::lit(""), os::path_text(&{path}))
fn os.path.normcase(path: any) -> str = os::path_text(&{path})
fn os.path.ismount(path: any) -> bool = os_extra::ismount(&os::path_text(&{path}))
attr stat_result.st_ino -> int = .st_ino
attr stat_result.st_nlink -> int = .st_nlink
attr stat_result.st_uid -> int = .st_uid
attr stat_result.st_gid -> int = .st_gid
attr stat_result.st_dev -> int = .st_dev
attr stat_result.st_mtime_ns -> int = (({self}).st_mtime * 1e9) as i64
type Uname = os_extra::Uname
fn os.uname() -> Uname = os_extra::uname
attr Uname.sysname -> str = .sysname.clone()
attr Uname.nodename -> str = .nodename.clone()
attr Uname.release -> str = .release.clone()
attr Uname.version -> str = .version.clone()
attr Uname.machine -> str = .machine.clone()
fn platform.node() -> str = os_extra::uname().nodename
fn platform.release() -> str = os_extra::uname().release
fn platform.version() -> str = os_extra::uname().version
fn platform.processor() -> str = Str::lit("")
fn platform.python_implementation() -> str = Str::lit("CPython")
fn platform.python_version_tuple() -> tuple[str, str, str] = (Str::lit("3"), Str::lit("11"), Str::lit("7"))
fn platform.architecture() -> tuple[str, str] = (Str::lit("64bit"), Str::lit("ELF"))
fn Environ.update(self, other: any) -> none ! = os_extra::environ_update(&{other})
fn Environ.clear(self) -> none = os_extra::environ_clear()
type DiskUsage = os_extra::DiskUsage
fn shutil.disk_usage(path: any) -> DiskUsage ! = os_extra::disk_usage(&os::path_text(&{path}))
attr DiskUsage.total -> int = .total
attr DiskUsage.used -> int = .used
attr DiskUsage.free -> int = .free
iter DiskUsage -> int = {self}.items()
fn shutil.copymode(src: any, dst: any) -> none ! = os_extra::copymode(&os::path_text(&{src}), &os::path_text(&{dst}))
fn shutil.copystat(src: any, dst: any) -> none ! = os_extra::copystat(&os::path_text(&{src}), &os::path_text(&{dst}))
fn shutil.copyfileobj(fsrc: &binfile, fdst: &binfile, length: int = 0) -> none ! = {fsrc}.read_bytes(None).and_then(|b| {fdst}.write_bytes(&b)).map(|_| ())  # uses: files
attr exceptions.shutil.Error -> any = os_extra::Error
attr exceptions.shutil.SameFileError -> any = os_extra::SameFileError
fn tempfile.gettempprefix() -> str = Str::lit("tmp")
fn tempfile.mktemp(suffix: &str = '', prefix: &str = 'tmp', dir: opt[&str] = None) -> str ! = os::temp_name({suffix}, {prefix}, {dir})
fn tempfile.TemporaryFile(mode: &str = 'w+b') -> binfile ! = tempdir::named({mode}, "", "tmp", None, true)  # uses: files
fn glob.iglob(pattern: &str, recursive: bool = False) -> list[str] = List::from(fnmatch::glob({pattern}, {recursive}))  # uses: list
fn glob.escape(pathname: &str) -> str = os_extra::glob_escape
fn fnmatch.translate(pattern: &str) -> str = os_extra::fnmatch_translate
