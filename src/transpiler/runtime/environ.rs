//! needs: os, exc, pystr, traits, dict, list
//! `os.environ`: the environment of the process as a mapping.
use super::dict::Dict;
use super::exc::{self, R};
use super::list::List;
use super::os;
use super::pystr::Str;
use super::traits::*;

#[derive(Clone, Copy, PartialEq, Default)]
pub struct Environ;

impl Environ {
    pub fn get(&self, key: &Str) -> Option<Str> {
        os::getenv(key)
    }
    pub fn item(&self, key: &Str) -> R<Str> {
        os::environ_item(key)
    }
    pub fn set(&self, key: &Str, value: &Str) {
        os::setenv(key, value)
    }
    pub fn del(&self, key: &Str) -> R<()> {
        self.item(key)?;
        os::unsetenv(key);
        Ok(())
    }
    pub fn pop(&self, key: &Str, default: Option<Str>) -> R<Option<Str>> {
        match (self.get(key), default) {
            (Some(v), _) => {
                os::unsetenv(key);
                Ok(Some(v))
            }
            (None, Some(d)) => Ok(Some(d)),
            (None, None) => Err(exc::key_error(key.clone())),
        }
    }
    pub fn setdefault(&self, key: &Str, value: &Str) -> Str {
        self.get(key).unwrap_or_else(|| {
            os::setenv(key, value);
            value.clone()
        })
    }
    pub fn contains(&self, key: &Str) -> bool {
        self.get(key).is_some()
    }
    pub fn copy(&self) -> Dict<Str, Str> {
        os::environ()
    }
    pub fn keys(&self) -> List<Str> {
        self.copy().keys().into_iter().collect()
    }
    pub fn values(&self) -> List<Str> {
        self.copy().values().into_iter().collect()
    }
    pub fn items(&self) -> List<(Str, Str)> {
        self.copy().items().into_iter().collect()
    }
    pub fn len(&self) -> i64 {
        self.copy().len()
    }
}
impl PyRepr for Environ {
    fn repr_into(&self, out: &mut String) {
        out.push_str("environ(");
        self.copy().repr_into(out);
        out.push(')');
    }
}
str_is_repr!(Environ);
impl PyTruth for Environ {
    fn truth(&self) -> bool {
        self.len() > 0
    }
}
