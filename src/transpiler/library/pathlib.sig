# pathlib
type Path = pathlib::Path
class pathlib.Path(*parts: any) -> Path = pathlib::Path::new(&{parts}.iter().map(os::path_text).collect::<Vec<_>>())
type PurePath = pathlib::Path
class pathlib.PurePath(*parts: any) -> PurePath = pathlib::Path::pure(&{parts}.iter().map(os::path_text).collect::<Vec<_>>())
fn pathlib.Path.cwd() -> Path = pathlib::Path::cwd()
fn pathlib.Path.home() -> Path = pathlib::Path::home()
op Path / str -> Path = {0}.join(&{1})
op Path / Path -> Path = {0}.join(&{1}.as_text())
op str / Path -> Path = pathlib::Path::of(&{0}).join(&{1}.as_text())
attr Path.name -> str = .name()
attr Path.stem -> str = .stem()
attr Path.suffix -> str = .suffix()
attr Path.suffixes -> list[str] = List::from({self}.suffixes())
attr Path.parent -> Path = .parent()
attr Path.parts -> many[str] = tuple::Tuple::from({self}.parts())
attr Path.parents -> list[Path] = List::from({self}.parents())
attr Path.anchor -> str = .anchor()
fn Path.joinpath(self, *parts: any) -> Path = {self}.joinpath(&{parts}.iter().map(os::path_text).collect::<Vec<_>>())
fn Path.with_name(self, name: &str) -> Path ! = .with_name
fn Path.with_suffix(self, suffix: &str) -> Path ! = .with_suffix
fn Path.with_stem(self, stem: &str) -> Path ! = .with_stem
fn Path.is_absolute(self) -> bool = .is_absolute
fn Path.absolute(self) -> Path = .absolute
fn Path.resolve(self, strict: bool = False) -> Path ! = pathlib_extra::resolve(&{self}, {strict})
fn Path.expanduser(self) -> Path = .expanduser
fn Path.relative_to(self, other: any) -> Path ! = {self}.relative_to(&pathlib::Path::of(&os::path_text(&{other})))
fn Path.is_relative_to(self, other: any) -> bool = {self}.is_relative_to(&pathlib::Path::of(&os::path_text(&{other})))
fn Path.match(self, pattern: &str) -> bool ! = .match_
fn Path.as_posix(self) -> str = .as_text
fn Path.exists(self) -> bool = .exists
fn Path.is_file(self) -> bool = .is_file
fn Path.is_dir(self) -> bool = .is_dir
fn Path.is_symlink(self) -> bool = .is_symlink
fn Path.stat(self) -> stat_result ! = .stat  # uses: os
fn Path.mkdir(self, mode: int = 511, parents: bool = False, exist_ok: bool = False) -> none ! = {self}.mkdir({parents}, {exist_ok})
fn Path.rmdir(self) -> none ! = .rmdir
fn Path.unlink(self, missing_ok: bool = False) -> none ! = .unlink
fn Path.rename(self, target: any) -> Path ! = {self}.rename(&os::path_text(&{target}))
fn Path.touch(self, mode: int = 438, exist_ok: bool = True) -> none ! = {self}.touch({exist_ok})
fn Path.iterdir(self) -> list[Path] ! = {self}.iterdir().map(List::from)  # uses: list
fn Path.glob(self, pattern: &str) -> list[Path] ! = {self}.glob({pattern}).map(List::from)  # uses: list
fn Path.rglob(self, pattern: &str) -> list[Path] ! = {self}.rglob({pattern}).map(List::from)  # uses: list
fn Path.open(self, mode: &str = 'r', buffering: int = -1, encoding: opt[&str] = None, errors: opt[&str] = None, newline: opt[&str] = None) -> file ! = {self}.open({mode}, {encoding}, {errors}, {newline})  # uses: files
fn Path.read_text(self, encoding: opt[&str] = None, errors: opt[&str] = None) -> str ! = {self}.read_text({encoding}, {errors})
fn Path.read_bytes(self) -> bytes ! = .read_bytes
fn Path.write_text(self, data: &str, encoding: opt[&str] = None, errors: opt[&str] = None, newline: opt[&str] = None) -> int ! = {self}.write_text({data}, {encoding}, {errors}, {newline})
fn Path.write_bytes(self, data: &bytes) -> int ! = .write_bytes
attr Path.root -> str = .anchor()
fn Path.as_uri(self) -> str ! = .as_uri
fn Path.open_binary(self, mode: &str = 'rb') -> binfile ! = {self}.open({mode}, None, None, None)  # uses: files
class pathlib.PurePosixPath(*parts: any) -> PurePath = pathlib::Path::pure(&{parts}.iter().map(os::path_text).collect::<Vec<_>>())
class pathlib.PosixPath(*parts: any) -> Path = pathlib::Path::new(&{parts}.iter().map(os::path_text).collect::<Vec<_>>())
attr Path.drive -> str = Str::lit("")
fn Path.symlink_to(self, target: any) -> none ! = os::symlink(&os::path_text(&{target}), &{self}.as_text())
fn Path.hardlink_to(self, target: any) -> none ! = os::link(&os::path_text(&{target}), &{self}.as_text())
fn Path.readlink(self) -> Path ! = os::readlink(&{self}.as_text()).map(|t| pathlib::Path::of(&t))
fn Path.samefile(self, other: any) -> bool ! = ospath::samefile(&{self}.as_text(), &os::path_text(&{other}))
fn Path.lstat(self) -> stat_result ! = os_extra::lstat(&{self}.as_text())
fn Path.chmod(self, mode: int) -> none ! = os::chmod(&{self}.as_text(), {mode})
fn Path.replace(self, target: any) -> Path ! = {self}.rename(&os::path_text(&{target}))
fn Path.is_mount(self) -> bool = os_extra::ismount(&{self}.as_text())
fn Path.is_fifo(self) -> bool = pathlib_extra::kind(&{self}, 0o010000)
fn Path.is_socket(self) -> bool = pathlib_extra::kind(&{self}, 0o140000)
fn Path.is_block_device(self) -> bool = pathlib_extra::kind(&{self}, 0o060000)
fn Path.is_char_device(self) -> bool = pathlib_extra::kind(&{self}, 0o020000)
fn Path.is_reserved(self) -> bool = bool::from(false)
fn Path.__fspath__(self) -> str = .as_text
# A PurePath: no file is looked at.
attr PurePath.name -> str = .name()
attr PurePath.stem -> str = .stem()
attr PurePath.suffix -> str = .suffix()
attr PurePath.suffixes -> list[str] = List::from({self}.suffixes())
attr PurePath.parent -> PurePath = .parent()
attr PurePath.parts -> many[str] = tuple::Tuple::from({self}.parts())
attr PurePath.parents -> list[PurePath] = List::from({self}.parents())
attr PurePath.anchor -> str = .anchor()
fn PurePath.joinpath(self, *parts: any) -> PurePath = {self}.joinpath(&{parts}.iter().map(os::path_text).collect::<Vec<_>>())
fn PurePath.with_name(self, name: &str) -> PurePath ! = .with_name
fn PurePath.with_suffix(self, suffix: &str) -> PurePath ! = .with_suffix
fn PurePath.with_stem(self, stem: &str) -> PurePath ! = .with_stem
fn PurePath.is_absolute(self) -> bool = .is_absolute
fn PurePath.relative_to(self, other: any) -> PurePath ! = {self}.relative_to(&pathlib::Path::of(&os::path_text(&{other})))
fn PurePath.is_relative_to(self, other: any) -> bool = {self}.is_relative_to(&pathlib::Path::of(&os::path_text(&{other})))
fn PurePath.match(self, pattern: &str) -> bool ! = .match_
fn PurePath.as_posix(self) -> str = .as_text
attr PurePath.root -> str = .anchor()
fn PurePath.as_uri(self) -> str ! = .as_uri
attr PurePath.drive -> str = Str::lit("")
fn PurePath.is_reserved(self) -> bool = bool::from(false)
fn PurePath.__fspath__(self) -> str = .as_text
op PurePath / str -> PurePath = {0}.join(&{1})
op PurePath / PurePath -> PurePath = {0}.join(&{1}.as_text())
op str / PurePath -> PurePath = pathlib::Path::pure(&[{0}.clone()]).join(&{1}.as_text())
op Path / PurePath -> Path = {0}.join(&{1}.as_text())
op PurePath / Path -> PurePath = {0}.join(&{1}.as_text())
