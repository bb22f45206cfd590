//! needs: argparse, exc, files, value, pystr, traits, convert, files_value
//! `argparse.FileType`: arguments that name files to open.
use super::argparse::{ArgumentTypeError, Converter};
use super::exc::{self, R};
use super::files::{self, File};
use super::pystr::Str;
use super::traits::PyStr;

pub fn file_type(mode: &'static str) -> Converter {
    let name = Str::from(format!("FileType('{mode}')"));
    Converter::named(name, move |path| Ok(super::convert::ToValue::to_value(&opened(path, mode)?)))
}

/// `-` is the standard stream of the mode.
fn opened(path: &Str, mode: &str) -> R<File> {
    if *path == "-" {
        return if mode.contains('r') { files::stdin() } else { Ok(files::stdout()) };
    }
    files::open(path, mode, None, None, None)
        .map_err(|e| exc::new(&ArgumentTypeError, format!("can't open '{path}': {}", e.to_str())))
}
