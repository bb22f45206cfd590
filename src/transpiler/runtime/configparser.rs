//! needs: configparser_text, dict, exc, files, float, fmt, int, int_text, list, map, pystr, strcase, traits, value, value_items
//! `configparser`: sections of options, defaults that all of them share, and what options refer to.
//! Source: Python 3.11 library reference, configparser.
#![allow(non_upper_case_globals)]
use super::configparser_text::{self, Dialect};
use super::dict::Dict;
use super::exc::{self, Class, Exc, R};
use super::files::File;
use super::pystr::Str;
use super::traits::*;
use super::value::Value;
use std::cell::RefCell;
use std::rc::Rc;

pub static Error: Class = Class::new("Error", &exc::Exception);
pub static NoSectionError: Class = Class::new("NoSectionError", &Error);
pub static NoOptionError: Class = Class::new("NoOptionError", &Error);
pub static DuplicateSectionError: Class = Class::new("DuplicateSectionError", &Error);
pub static DuplicateOptionError: Class = Class::new("DuplicateOptionError", &Error);

#[cold]
pub fn no_section(name: &Str) -> Exc {
    exc::new(&NoSectionError, format!("No section: {}", name.repr())).with_payload(Rc::new(Missing(name.clone(), None)))
}
#[cold]
pub fn no_option(section: &Str, option: &Str) -> Exc {
    let text = format!("No option {} in section: {}", option.repr(), section.repr());
    exc::new(&NoOptionError, text).with_payload(Rc::new(Missing(section.clone(), Some(option.clone()))))
}
/// The section that an error is about, and the option.
struct Missing(Str, Option<Str>);
/// `e.section` and `e.option`.
pub fn error_part(e: &Exc, attribute: &str) -> R<Str> {
    let parts = e.payload::<Missing>();
    let found = parts.and_then(|p| if attribute == "section" { Some(p.0.clone()) } else { p.1.clone() });
    found.ok_or_else(|| super::value::no_attribute(e.class().name, attribute))
}
fn is_missing(e: &Exc) -> bool {
    e.is(&NoSectionError) || e.is(&NoOptionError)
}

pub type Options = Dict<Str, Str>;

pub struct Inner {
    pub defaults: Options,
    pub sections: Dict<Str, Options>,
    pub dialect: Dialect,
    /// What makes option names of the written ones; lower case without it.
    rename: Option<Value>,
}

#[derive(Clone)]
pub struct ConfigParser(pub Rc<RefCell<Inner>>);

/// `config["section"]`.
#[derive(Clone)]
pub struct Section {
    parser: ConfigParser,
    pub name: Str,
}

impl ConfigParser {
    pub fn new(dialect: Dialect, defaults: &Value) -> R<ConfigParser> {
        let inner = Inner { defaults: Dict::new(), sections: Dict::new(), dialect, rename: None };
        let made = ConfigParser(Rc::new(RefCell::new(inner)));
        if !defaults.is_none() {
            made.read_options(&made.default_section(), defaults)?;
        }
        Ok(made)
    }
    pub fn default_section(&self) -> Str {
        self.0.borrow().dialect.default_section.clone()
    }
    pub fn set_optionxform(&self, f: Value) {
        self.0.borrow_mut().rename = Some(f);
    }
    pub fn optionxform(&self, option: &Str) -> R<Str> {
        let rename = self.0.borrow().rename.clone();
        match rename {
            None => Ok(option.lower()),
            Some(f) => Ok(super::value_items::call(&f, vec![Value::Str(option.clone())])?.to_str()),
        }
    }
    /// The options of a section; the defaults under their name.
    pub fn options_of(&self, section: &Str) -> R<Options> {
        let i = self.0.borrow();
        if *section == i.dialect.default_section {
            return Ok(i.defaults.clone());
        }
        i.sections.get(section).ok_or_else(|| no_section(section))
    }
    pub fn defaults(&self) -> Options {
        self.0.borrow().defaults.clone()
    }
    pub fn sections(&self) -> Vec<Str> {
        self.0.borrow().sections.iter().collect()
    }
    pub fn names(&self) -> Vec<Str> {
        std::iter::once(self.default_section()).chain(self.sections()).collect()
    }
    pub fn len(&self) -> i64 {
        self.0.borrow().sections.len() + 1
    }
    pub fn has_section(&self, name: &Str) -> bool {
        self.0.borrow().sections.contains(name)
    }
    pub fn contains(&self, name: &Str) -> bool {
        *name == self.default_section() || self.has_section(name)
    }
    pub fn has_option(&self, section: &Str, option: &Str) -> R<bool> {
        let option = self.optionxform(option)?;
        if section.is_empty() || *section == self.default_section() {
            return Ok(self.defaults().contains(&option));
        }
        Ok(self.options_of(section).is_ok_and(|all| all.contains(&option) || self.defaults().contains(&option)))
    }
    pub fn add_section(&self, name: &Str) -> R<()> {
        if *name == self.default_section() {
            return Err(exc::new(&exc::ValueError, format!("Invalid section name: {}", name.repr())));
        }
        if self.has_section(name) {
            let e = exc::new(&DuplicateSectionError, format!("Section {} already exists", name.repr()));
            return Err(e.with_payload(Rc::new(Missing(name.clone(), None))));
        }
        self.0.borrow().sections.set(name.clone(), Dict::new());
        Ok(())
    }
    pub fn remove_section(&self, name: &Str) -> bool {
        let sections = self.0.borrow().sections.clone();
        sections.contains(name) && sections.del(name).is_ok()
    }
    pub fn del(&self, name: &Str) -> R<()> {
        if *name == self.default_section() {
            return Err(exc::new(&exc::ValueError, "Cannot remove the default section."));
        }
        if self.remove_section(name) { Ok(()) } else { Err(exc::key_error(name.clone())) }
    }
    pub fn remove_option(&self, section: &Str, option: &Str) -> R<bool> {
        let (all, option) = (self.options_of(section)?, self.optionxform(option)?);
        Ok(all.contains(&option) && all.del(&option).is_ok())
    }
    pub fn clear(&self) {
        self.0.borrow().sections.clear();
        self.0.borrow().defaults.clear();
    }
    pub fn set(&self, section: &Str, option: &Str, value: &Value) -> R<()> {
        let Value::Str(text) = value else {
            return Err(exc::new(&exc::TypeError, "option values must be strings"));
        };
        configparser_text::check_value(self, text)?;
        let option = self.optionxform(option)?;
        self.options_of(section)?.set(option, text.clone());
        Ok(())
    }

    /// What an option of the section may refer to: defaults, the section's own, then `vars`.
    pub fn known(&self, section: &Str, vars: &Value) -> R<Options> {
        let known = self.defaults().copy();
        match self.options_of(section) {
            Ok(own) => known.update(&own),
            Err(e) => return Err(e),
        }
        self.add_vars(&known, vars)?;
        Ok(known)
    }
    fn add_vars(&self, known: &Options, vars: &Value) -> R<()> {
        if let Value::Dict(d) = vars {
            for (k, v) in d.borrow().iter() {
                known.set(self.optionxform(&k.to_str())?, v.to_str());
            }
        }
        Ok(())
    }
    pub fn get(&self, section: &Str, option: &Str, raw: bool, vars: &Value) -> R<Str> {
        let known = self.known(section, vars)?;
        let option = self.optionxform(option)?;
        let value = known.get(&option).ok_or_else(|| no_option(section, &option))?;
        if raw {
            return Ok(value);
        }
        configparser_text::interpolated(self, section, &option, &value, &known)
    }
    /// The option, or nothing where the section or the option is not there.
    pub fn find(&self, section: &Str, option: &Str, raw: bool, vars: &Value) -> R<Option<Str>> {
        match self.get(section, option, raw, vars) {
            Err(e) if is_missing(&e) => Ok(None),
            other => other.map(Some),
        }
    }
    pub fn option_names(&self, section: &Str) -> R<Vec<Str>> {
        let all = self.options_of(section)?.copy();
        for name in self.defaults().iter() {
            if !all.contains(&name) {
                all.set(name.clone(), Str::lit(""));
            }
        }
        Ok(all.iter().collect())
    }
    pub fn items(&self, section: &Str, raw: bool, vars: &Value) -> R<Vec<(Str, Str)>> {
        let known = self.known(section, vars)?;
        let mut out = Vec::new();
        for (name, value) in known.items().iter() {
            let text = if raw { value } else { configparser_text::interpolated(self, section, &name, &value, &known)? };
            out.push((name, text));
        }
        Ok(out)
    }
    pub fn section(&self, name: &Str) -> R<Section> {
        if !self.contains(name) {
            return Err(exc::key_error(name.clone()));
        }
        Ok(Section { parser: self.clone(), name: name.clone() })
    }
    pub fn section_items(&self) -> Vec<(Str, Section)> {
        self.names().into_iter().map(|n| (n.clone(), Section { parser: self.clone(), name: n })).collect()
    }
    /// `config[name] = options`.
    pub fn set_section(&self, name: &Str, options: &Value) -> R<()> {
        if self.contains(name) {
            self.options_of(name)?.clear();
        } else {
            self.add_section(name)?;
        }
        self.read_options(name, options)
    }
    fn read_options(&self, section: &Str, options: &Value) -> R<()> {
        for (k, v) in pairs(options)? {
            self.set(section, &k.to_str(), &Value::Str(v.to_str()))?;
        }
        Ok(())
    }
    pub fn read_dict(&self, all: &Value) -> R<()> {
        for (name, options) in pairs(all)? {
            let name = name.to_str();
            if !self.contains(&name) {
                self.add_section(&name)?;
            }
            self.read_options(&name, &options)?;
        }
        Ok(())
    }
    pub fn read_string(&self, text: &Str, source: &Str) -> R<()> {
        configparser_text::read(self, text.as_str(), source)
    }
    pub fn read_lines(&self, lines: &[Str], source: &Str) -> R<()> {
        let text: String = lines.iter().map(|l| if l.as_str().ends_with('\n') { l.to_string() } else { format!("{l}\n") }).collect();
        configparser_text::read(self, &text, source)
    }
    pub fn read_file(&self, file: &File, source: Option<&Str>) -> R<()> {
        let name = file.name();
        let shown = if name.is_empty() { Str::lit("<???>") } else { name };
        configparser_text::read(self, file.read(None)?.as_str(), source.unwrap_or(&shown))
    }
    /// Files that can be opened, of those named; their names.
    pub fn read(&self, names: &Value, encoding: Option<&Str>) -> R<Vec<Str>> {
        let names = match names {
            Value::Str(_) | Value::Bytes(_) | Value::Obj(_) => vec![names.to_str()],
            many => super::value_items::to_vec(many)?.iter().map(|n| n.to_str()).collect(),
        };
        let mut done = Vec::new();
        for name in names {
            let file = match super::files::open(&name, "r", encoding, None, None) {
                Err(e) if e.is(&exc::OSError) => continue,
                other => other?,
            };
            configparser_text::read(self, file.read(None)?.as_str(), &name)?;
            done.push(name);
        }
        Ok(done)
    }
    pub fn write(&self, file: &File, spaced: bool) -> R<()> {
        file.write(&Str::from(configparser_text::written(self, spaced))).map(|_| ())
    }
}

fn pairs(v: &Value) -> R<Vec<(Value, Value)>> {
    match v {
        Value::Dict(d) => Ok(d.borrow().iter().map(|(k, v)| (k.clone(), v.clone())).collect()),
        Value::Obj(o) => match o.as_any().downcast_ref::<Section>() {
            Some(s) => Ok(s.items()?.into_iter().map(|(k, v)| (Value::Str(k), Value::Str(v))).collect()),
            None => Err(super::value::no_attribute(v.type_name(), "items")),
        },
        _ => Err(super::value::no_attribute(v.type_name(), "items")),
    }
}

pub fn int(text: &Str) -> R<i64> {
    super::int_text::parse(text)?.index()
}
pub fn float(text: &Str) -> R<f64> {
    super::float::parse(text)
}
pub fn boolean(text: &Str) -> R<bool> {
    match text.lower().as_str() {
        "1" | "yes" | "true" | "on" => Ok(true),
        "0" | "no" | "false" | "off" => Ok(false),
        _ => Err(exc::new(&exc::ValueError, format!("Not a boolean: {text}"))),
    }
}

impl Section {
    pub fn names(&self) -> R<Vec<Str>> {
        self.parser.option_names(&self.name)
    }
    pub fn len(&self) -> i64 {
        self.names().map_or(0, |all| all.len() as i64)
    }
    pub fn contains(&self, option: &Str) -> R<bool> {
        self.parser.has_option(&self.name, option)
    }
    pub fn item(&self, option: &Str) -> R<Str> {
        match self.parser.get(&self.name, option, false, &Value::None) {
            Err(e) if is_missing(&e) => Err(exc::key_error(option.clone())),
            other => other,
        }
    }
    pub fn set(&self, option: &Str, value: &Value) -> R<()> {
        self.parser.set(&self.name, option, value)
    }
    pub fn del(&self, option: &Str) -> R<()> {
        let own = self.parser.contains(&self.name) && self.parser.remove_option(&self.name, option)?;
        if own { Ok(()) } else { Err(exc::key_error(option.clone())) }
    }
    pub fn find(&self, option: &Str, raw: bool, vars: &Value) -> R<Option<Str>> {
        self.parser.find(&self.name, option, raw, vars)
    }
    pub fn items(&self) -> R<Vec<(Str, Str)>> {
        self.names()?.into_iter().map(|name| Ok((name.clone(), self.item(&name)?))).collect()
    }
    pub fn values(&self) -> R<Vec<Str>> {
        self.names()?.iter().map(|name| self.item(name)).collect()
    }
}

impl PyRepr for Section {
    fn repr_into(&self, out: &mut String) {
        out.push_str(&format!("<Section: {}>", self.name));
    }
}
impl PyRepr for ConfigParser {
    fn repr_into(&self, out: &mut String) {
        let at = Rc::as_ptr(&self.0) as usize;
        out.push_str(&format!("<configparser.ConfigParser object at {at:#x}>"));
    }
}
str_is_repr!(Section, ConfigParser);
super::fmt::fmt_is_str!(Section, "SectionProxy");
super::fmt::fmt_is_str!(ConfigParser, "ConfigParser");
impl PyTruth for Section {
    fn truth(&self) -> bool {
        self.len() > 0
    }
}
impl PyTruth for ConfigParser {
    fn truth(&self) -> bool {
        true
    }
}
impl PartialEq for Section {
    fn eq(&self, o: &Section) -> bool {
        self.name == o.name && self.parser == o.parser
    }
}
impl PartialEq for ConfigParser {
    fn eq(&self, o: &ConfigParser) -> bool {
        Rc::ptr_eq(&self.0, &o.0)
    }
}
