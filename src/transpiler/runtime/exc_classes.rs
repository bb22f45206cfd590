//! needs: exc
//! The built-in exception hierarchy, each class a static with Python's own name.
#![allow(non_upper_case_globals)]
use super::exc::Class;

macro_rules! classes {
    ($($name:ident : $base:ident),* $(,)?) => {
        $(pub static $name: Class = Class::new(stringify!($name), &$base);)*
        /// Every built-in class but the root.
        pub static ALL: &[&Class] = &[$(&$name),*];
    };
}

pub static BaseException: Class = Class { name: "BaseException", base: None, more: &[] };

classes! {
    Exception: BaseException, SystemExit: BaseException, KeyboardInterrupt: BaseException,
    GeneratorExit: BaseException, BaseExceptionGroup: BaseException, CancelledError: BaseException,
    ArithmeticError: Exception, FloatingPointError: ArithmeticError, OverflowError: ArithmeticError,
    ZeroDivisionError: ArithmeticError, AssertionError: Exception, AttributeError: Exception,
    FrozenInstanceError: AttributeError,
    BufferError: Exception, EOFError: Exception, ImportError: Exception, ModuleNotFoundError: ImportError,
    LookupError: Exception, IndexError: LookupError, KeyError: LookupError, MemoryError: Exception,
    NameError: Exception, UnboundLocalError: NameError, OSError: Exception, BlockingIOError: OSError,
    ChildProcessError: OSError, ConnectionError: OSError, BrokenPipeError: ConnectionError,
    ConnectionAbortedError: ConnectionError, ConnectionRefusedError: ConnectionError,
    ConnectionResetError: ConnectionError, FileExistsError: OSError, FileNotFoundError: OSError,
    InterruptedError: OSError, IsADirectoryError: OSError, NotADirectoryError: OSError,
    PermissionError: OSError, ProcessLookupError: OSError, TimeoutError: OSError, ReferenceError: Exception,
    RuntimeError: Exception, NotImplementedError: RuntimeError, RecursionError: RuntimeError,
    StopIteration: Exception, StopAsyncIteration: Exception, SyntaxError: Exception,
    IndentationError: SyntaxError, TabError: IndentationError, SystemError: Exception, TypeError: Exception,
    ValueError: Exception, UnicodeError: ValueError, UnicodeDecodeError: UnicodeError,
    UnicodeEncodeError: UnicodeError, UnicodeTranslateError: UnicodeError, ExceptionGroup: Exception,
    Warning: Exception, BytesWarning: Warning, DeprecationWarning: Warning, EncodingWarning: Warning,
    FutureWarning: Warning, ImportWarning: Warning, PendingDeprecationWarning: Warning,
    ResourceWarning: Warning, RuntimeWarning: Warning, SyntaxWarning: Warning, UnicodeWarning: Warning,
    UserWarning: Warning,
}
