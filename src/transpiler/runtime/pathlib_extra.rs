//! needs: pathlib, os, ospath, exc, pystr, out
//! The rarer questions about a Path.
use super::exc::R;
use super::pathlib::Path;
use std::os::unix::fs::MetadataExt;

/// `resolve(strict)`: with strict a missing file raises.
pub fn resolve(p: &Path, strict: bool) -> R<Path> {
    if strict {
        super::os::stat(&p.as_text())?;
    }
    Ok(p.resolve())
}
/// Whether the file's type bits are these.
pub fn kind(p: &Path, bits: u32) -> bool {
    std::fs::metadata(p.as_text().as_str()).is_ok_and(|m| m.mode() & 0o170000 == bits)
}
