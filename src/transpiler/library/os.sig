# os, os.path, shutil, tempfile
type stat_result = os::Stat
attr os.sep -> str = os::sep
attr os.linesep -> str = os::linesep
attr os.name -> str = os::name
attr os.pathsep -> str = os::pathsep
attr os.curdir -> str = os::curdir
fn os.getcwd() -> str = os::getcwd
fn os.chdir(path: &str) -> none ! = os::chdir
fn os.listdir(path: &str = '.') -> list[str] ! = os::listdir({path}).map(List::from)  # uses: list
fn os.mkdir(path: &str) -> none ! = os::mkdir
fn os.makedirs(path: &str, exist_ok: bool = False) -> none ! = os::makedirs({path}, {exist_ok})
fn os.remove(path: any) -> none ! = os::remove(&os::path_text(&{path}))
fn os.unlink(path: any) -> none ! = os::remove(&os::path_text(&{path}))
fn os.rmdir(path: &str) -> none ! = os::rmdir
fn os.rename(src: any, dst: any) -> none ! = os::rename(&os::path_text(&{src}), &os::path_text(&{dst}))
fn os.replace(src: any, dst: any) -> none ! = os::rename(&os::path_text(&{src}), &os::path_text(&{dst}))
fn os.symlink(src: &str, dst: &str) -> none ! = os::symlink
fn os.chmod(path: any, mode: int) -> none ! = os::chmod(&os::path_text(&{path}), {mode})
fn os.stat(path: any) -> stat_result ! = os::stat(&os::path_text(&{path}))
fn os.walk(top: &str) -> list[tuple[str, list[str], list[str]]] = os::walk({top}).into_iter().map(|(d, a, b)| (d, List::from(a), List::from(b))).collect::<List<_>>()  # uses: list
fn os.getenv(key: &str, default: any = None) -> any = os::getenv({key}).map_or({default}, Value::Str)
fn os.getpid() -> int = os::getpid
fn os.cpu_count() -> opt[int] = os::cpu_count
attr stat_result.st_mode -> int = .st_mode
attr stat_result.st_size -> int = .st_size
attr stat_result.st_mtime -> float = .st_mtime
attr stat_result.st_atime -> float = .st_atime
attr stat_result.st_ctime -> float = .st_ctime
fn os.path.join(first: any, *rest: any) -> str = ospath::join(&os::path_text(&{first}), &{rest}.iter().map(os::path_text).collect::<Vec<_>>())
fn os.path.split(path: &str) -> tuple[str, str] = ospath::split({path})
fn os.path.basename(path: any) -> str = ospath::basename(&os::path_text(&{path}))
fn os.path.dirname(path: any) -> str = ospath::dirname(&os::path_text(&{path}))
fn os.path.splitext(path: any) -> tuple[str, str] = ospath::splitext(&os::path_text(&{path}))
fn os.path.isabs(path: &str) -> bool = ospath::isabs({path})
fn os.path.normpath(path: &str) -> str = ospath::normpath({path})
fn os.path.abspath(path: any) -> str = ospath::abspath(&os::path_text(&{path}))
fn os.path.realpath(path: any) -> str = ospath::realpath(&os::path_text(&{path}))
fn os.path.relpath(path: &str, start: &str = '.') -> str = ospath::relpath({path}, {start})
fn os.path.commonprefix(items: iter[str]) -> str = ospath::commonprefix(&{items})
fn os.path.expanduser(path: &str) -> str = ospath::expanduser({path})
fn os.path.expandvars(path: &str) -> str = ospath::expandvars({path})
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
