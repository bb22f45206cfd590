//! needs: os, ospath, exc, pystr, list, traits, out
//! `os.walk`, which looks at what the program did to the list of folders, and `os.scandir`.
use super::exc::R;
use super::list::List;
use super::os::Stat;
use super::pystr::Str;
use super::traits::*;

type Step = (Str, List<Str>, List<Str>);

enum Todo {
    Enter(Str),
    Descend(Str, List<Str>),
    Give(Step),
}

/// One folder at a time; the lists that were given out decide where it goes on.
pub fn walk(top: &Str, topdown: bool, followlinks: bool) -> impl Iterator<Item = Step> {
    let mut stack = vec![Todo::Enter(top.clone())];
    std::iter::from_fn(move || loop {
        match stack.pop()? {
            Todo::Enter(path) => {
                let Ok(entries) = std::fs::read_dir(path.as_str()) else { continue };
                let (dirs, files) = (List::new(), List::new());
                for e in entries.flatten() {
                    let name = Str::from(e.file_name().to_string_lossy().into_owned());
                    if e.path().is_dir() { dirs.append(name) } else { files.append(name) }
                }
                let step = (path.clone(), dirs.clone(), files);
                if topdown {
                    stack.push(Todo::Descend(path, dirs));
                    return Some(step);
                }
                stack.push(Todo::Give(step));
                stack.push(Todo::Descend(path, dirs));
            }
            Todo::Descend(path, dirs) => {
                for d in dirs.to_vec().into_iter().rev() {
                    let inner = super::ospath::join(&path, &[d]);
                    if followlinks || !super::ospath::islink(&inner) {
                        stack.push(Todo::Enter(inner));
                    }
                }
            }
            Todo::Give(step) => return Some(step),
        }
    })
}

/// An entry of `os.scandir`.
#[derive(Clone, PartialEq)]
pub struct DirEntry {
    pub name: Str,
    pub path: Str,
}
impl DirEntry {
    pub fn is_dir(&self, follow: bool) -> bool {
        super::ospath::isdir(&self.path) && (follow || !self.is_symlink())
    }
    pub fn is_file(&self, follow: bool) -> bool {
        super::ospath::isfile(&self.path) && (follow || !self.is_symlink())
    }
    pub fn is_symlink(&self) -> bool {
        super::ospath::islink(&self.path)
    }
    pub fn stat(&self) -> R<Stat> {
        super::os::stat(&self.path)
    }
}
impl PyRepr for DirEntry {
    fn repr_into(&self, out: &mut String) {
        out.push_str(&format!("<DirEntry {}>", self.name.repr()));
    }
}
impl PyStr for DirEntry {
    fn str_into(&self, out: &mut String) {
        self.repr_into(out)
    }
}
impl PyTruth for DirEntry {
    fn truth(&self) -> bool {
        true
    }
}

/// `os.scandir(path)`: the entries, read at once.
pub fn scandir(path: &Str) -> R<Vec<DirEntry>> {
    let names = super::os::listdir(path)?;
    Ok(names
        .into_iter()
        .map(|name| DirEntry { path: if path.as_str() == "." { Str::from(format!("./{name}")) } else { super::ospath::join(path, &[name.clone()]) }, name })
        .collect())
}
