# logging and traceback. {@exc}, {@line} and {@function} are what the place of the call knows.
type Logger = logging::Logger
type LogHandler = logging::Handler
type LogFormatter = logging_format::Formatter
attr logging.DEBUG -> int = 10i64
attr logging.INFO -> int = 20i64
attr logging.WARNING -> int = 30i64
attr logging.WARN -> int = 30i64
attr logging.ERROR -> int = 40i64
attr logging.CRITICAL -> int = 50i64
attr logging.FATAL -> int = 50i64
attr logging.NOTSET -> int = 0i64
attr logging.root -> Logger = logging::root()
fn logging.getLogger(name: opt[&str] = None) -> Logger = logging::get_logger
fn logging.basicConfig(level: any = None, format: opt[str] = None, datefmt: opt[str] = None, style: opt[str] = None, stream: opt[file] = None, filename: opt[str] = None, filemode: opt[str] = None, handlers: opt[iter[LogHandler]] = None, force: bool = False, encoding: opt[str] = None) -> none ! = logging::basic_config(logging::Basic { level: {level}, format: {format}, datefmt: {datefmt}, style: {style}, stream: {stream}, filename: {filename}, filemode: {filemode}, handlers: {handlers}, force: {force}, encoding: {encoding} })
fn logging.disable(level: any = Value::from(50i64)) -> none ! = logging::disable(&{level})
fn logging.addLevelName(level: int, name: &str) -> none = logging_levels::add
fn logging.getLevelName(level: any) -> any ! = logging_levels::translated(&{level})
fn logging.shutdown() -> none = ()
class logging.StreamHandler(stream: opt[&file] = None) -> LogHandler = logging::stream_handler
class logging.FileHandler(filename: &str, mode: &str = 'a', encoding: opt[&str] = None) -> LogHandler ! = logging::file_handler
class logging.NullHandler() -> LogHandler = logging::null_handler
class logging.Formatter(fmt: opt[&str] = None, datefmt: opt[&str] = None, style: &str = '%') -> LogFormatter ! = logging_format::Formatter::new
fn LogHandler.setLevel(self, level: any) -> none ! = {self}.set_level(&{level})
fn LogHandler.setFormatter(self, fmt: &LogFormatter) -> none = .set_formatter
fn LogHandler.flush(self) -> none ! = .flush
fn LogHandler.close(self) -> none ! = .close
attr LogHandler.level -> int = .level()
attr Logger.name -> str = .name()
attr Logger.level -> int = .level()
attr Logger.handlers -> list[LogHandler] = .handlers()
attr Logger.propagate -> bool = .propagate()
attr Logger.disabled -> bool = .disabled()
attr Logger.parent -> opt[Logger] = .parent()
fn Logger.__set_propagate__(self, on: bool) -> none = .set_propagate
fn Logger.__set_disabled__(self, on: bool) -> none = .set_disabled
fn Logger.setLevel(self, level: any) -> none ! = {self}.set_level(&{level})
fn Logger.addHandler(self, hdlr: &LogHandler) -> none = .add_handler
fn Logger.removeHandler(self, hdlr: &LogHandler) -> none = .remove_handler
fn Logger.hasHandlers(self) -> bool = .has_handlers
fn Logger.getChild(self, suffix: &str) -> Logger = .child
fn Logger.getEffectiveLevel(self) -> int = .effective_level
fn Logger.isEnabledFor(self, level: int) -> bool = .enabled_for
fn Logger.debug(self, msg: any, *args: any, exc_info: any = None, extra: any = None) -> none ! = {self}.log(10, {msg}, {args}, &{exc_info}, &{extra}, logging::Call { handled: {@exc}, line: {@line}, function: {@function} })
fn logging.debug(msg: any, *args: any, exc_info: any = None, extra: any = None) -> none ! = logging::log(10, {msg}, {args}, &{exc_info}, &{extra}, logging::Call { handled: {@exc}, line: {@line}, function: {@function} })
fn Logger.info(self, msg: any, *args: any, exc_info: any = None, extra: any = None) -> none ! = {self}.log(20, {msg}, {args}, &{exc_info}, &{extra}, logging::Call { handled: {@exc}, line: {@line}, function: {@function} })
fn logging.info(msg: any, *args: any, exc_info: any = None, extra: any = None) -> none ! = logging::log(20, {msg}, {args}, &{exc_info}, &{extra}, logging::Call { handled: {@exc}, line: {@line}, function: {@function} })
fn Logger.warning(self, msg: any, *args: any, exc_info: any = None, extra: any = None) -> none ! = {self}.log(30, {msg}, {args}, &{exc_info}, &{extra}, logging::Call { handled: {@exc}, line: {@line}, function: {@function} })
fn logging.warning(msg: any, *args: any, exc_info: any = None, extra: any = None) -> none ! = logging::log(30, {msg}, {args}, &{exc_info}, &{extra}, logging::Call { handled: {@exc}, line: {@line}, function: {@function} })
fn Logger.warn(self, msg: any, *args: any, exc_info: any = None, extra: any = None) -> none ! = {self}.log(30, {msg}, {args}, &{exc_info}, &{extra}, logging::Call { handled: {@exc}, line: {@line}, function: {@function} })
fn logging.warn(msg: any, *args: any, exc_info: any = None, extra: any = None) -> none ! = logging::log(30, {msg}, {args}, &{exc_info}, &{extra}, logging::Call { handled: {@exc}, line: {@line}, function: {@function} })
fn Logger.error(self, msg: any, *args: any, exc_info: any = None, extra: any = None) -> none ! = {self}.log(40, {msg}, {args}, &{exc_info}, &{extra}, logging::Call { handled: {@exc}, line: {@line}, function: {@function} })
fn logging.error(msg: any, *args: any, exc_info: any = None, extra: any = None) -> none ! = logging::log(40, {msg}, {args}, &{exc_info}, &{extra}, logging::Call { handled: {@exc}, line: {@line}, function: {@function} })
fn Logger.critical(self, msg: any, *args: any, exc_info: any = None, extra: any = None) -> none ! = {self}.log(50, {msg}, {args}, &{exc_info}, &{extra}, logging::Call { handled: {@exc}, line: {@line}, function: {@function} })
fn logging.critical(msg: any, *args: any, exc_info: any = None, extra: any = None) -> none ! = logging::log(50, {msg}, {args}, &{exc_info}, &{extra}, logging::Call { handled: {@exc}, line: {@line}, function: {@function} })
fn Logger.fatal(self, msg: any, *args: any, exc_info: any = None, extra: any = None) -> none ! = {self}.log(50, {msg}, {args}, &{exc_info}, &{extra}, logging::Call { handled: {@exc}, line: {@line}, function: {@function} })
fn logging.fatal(msg: any, *args: any, exc_info: any = None, extra: any = None) -> none ! = logging::log(50, {msg}, {args}, &{exc_info}, &{extra}, logging::Call { handled: {@exc}, line: {@line}, function: {@function} })
fn Logger.exception(self, msg: any, *args: any, exc_info: any = Value::Bool(true), extra: any = None) -> none ! = {self}.log(40, {msg}, {args}, &{exc_info}, &{extra}, logging::Call { handled: {@exc}, line: {@line}, function: {@function} })
fn logging.exception(msg: any, *args: any, exc_info: any = Value::Bool(true), extra: any = None) -> none ! = logging::log(40, {msg}, {args}, &{exc_info}, &{extra}, logging::Call { handled: {@exc}, line: {@line}, function: {@function} })
fn Logger.log(self, level: int, msg: any, *args: any, exc_info: any = None, extra: any = None) -> none ! = {self}.log({level}, {msg}, {args}, &{exc_info}, &{extra}, logging::Call { handled: {@exc}, line: {@line}, function: {@function} })
fn logging.log(level: int, msg: any, *args: any, exc_info: any = None, extra: any = None) -> none ! = logging::log({level}, {msg}, {args}, &{exc_info}, &{extra}, logging::Call { handled: {@exc}, line: {@line}, function: {@function} })
fn traceback.format_exc() -> str = traceback::format_exc({@exc})
fn traceback.print_exc(file: none = None) -> none = { let () = {file}; traceback::print_exc({@exc}) }
fn traceback.print_exc(file: &file) -> none ! = ({file}).write(&traceback::format_exc({@exc})).map(|_| ())
fn traceback.format_exception(exc: exc) -> list[str] = List::from(traceback::lines(&{exc}))  # uses: list
fn traceback.format_exception(kind: any, value: exc, tb: opt[&Traceback] = None) -> list[str] = { let _ = (&{kind}, &{tb}); List::from(traceback::lines(&{value})) }  # uses: list
fn traceback.format_exception_only(exc: exc) -> list[str] = List::from(traceback::last_line(&{exc}))  # uses: list
fn traceback.format_exception_only(kind: any, value: exc) -> list[str] = { let _ = &{kind}; List::from(traceback::last_line(&{value})) }  # uses: list
fn traceback.print_exception(exc: exc) -> none = traceback::print_exc(Some(&{exc}))
fn traceback.print_exception(kind: any, value: exc, tb: opt[&Traceback] = None) -> none = { let _ = (&{kind}, &{tb}); traceback::print_exc(Some(&{value})) }

type Traceback = traceback::Traceback
attr exc.__traceback__ -> Traceback = traceback::Traceback::of(&{self})
