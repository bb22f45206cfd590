//! needs: configparser, dict, exc, pystr, traits
//! The texts of `configparser`: reading, writing, references within values.
//! Source: Python 3.11 library reference, "Supported INI File Structure" and "Interpolation of values".
#![allow(non_upper_case_globals)]
use super::configparser::{ConfigParser, DuplicateOptionError, DuplicateSectionError, Error, Options};
use super::dict::Dict;
use super::exc::{self, Class, Exc, R};
use super::pystr::Str;
use super::traits::*;

pub static ParsingError: Class = Class::new("ParsingError", &Error);
pub static MissingSectionHeaderError: Class = Class::new("MissingSectionHeaderError", &ParsingError);
pub static InterpolationError: Class = Class::new("InterpolationError", &Error);
pub static InterpolationDepthError: Class = Class::new("InterpolationDepthError", &InterpolationError);
pub static InterpolationMissingOptionError: Class = Class::new("InterpolationMissingOptionError", &InterpolationError);
pub static InterpolationSyntaxError: Class = Class::new("InterpolationSyntaxError", &InterpolationError);

const DEPTH: usize = 10;

#[derive(Clone, Copy, PartialEq)]
pub enum Interpolation {
    None,
    Basic,
    Extended,
}

pub struct Dialect {
    pub delimiters: Vec<Str>,
    pub comments: Vec<Str>,
    pub inline: Vec<Str>,
    pub strict: bool,
    pub empty_lines: bool,
    pub default_section: Str,
    pub interpolation: Interpolation,
}

/// Where a comment begins behind a value: a prefix at the line's begin or after white space.
fn inline_comment(line: &str, prefixes: &[Str]) -> Option<usize> {
    let starts = prefixes.iter().filter_map(|p| {
        let mut all = line.match_indices(p.as_str()).map(|(at, _)| at);
        all.find(|at| *at == 0 || line[..*at].ends_with(char::is_whitespace))
    });
    starts.min()
}

/// A section that is being read, and the option whose value may go on.
struct Reader<'a> {
    parser: &'a ConfigParser,
    source: &'a Str,
    section: Option<(Str, Options)>,
    lines: Vec<(Options, Str, Vec<String>)>,
    open: bool,
    sections_seen: Vec<Str>,
    options_seen: Vec<(Str, Str)>,
    wrong: Option<String>,
}

impl Reader<'_> {
    fn at(&self, line: usize, what: String) -> String {
        format!("While reading from {} [line {line:2}]: {what} already exists", self.source.repr())
    }
    fn header(&mut self, name: Str, line: usize) -> R<()> {
        let (default, strict) = {
            let i = self.parser.0.borrow();
            (i.dialect.default_section.clone(), i.dialect.strict)
        };
        self.open = false;
        if !self.parser.has_section(&name) && name == default {
            self.section = Some((name, self.parser.defaults()));
            return Ok(());
        }
        if !self.parser.has_section(&name) {
            self.parser.0.borrow().sections.set(name.clone(), Dict::new());
        } else if strict && self.sections_seen.contains(&name) {
            return Err(exc::new(&DuplicateSectionError, self.at(line, format!("section {}", name.repr()))));
        }
        self.sections_seen.push(name.clone());
        let options = self.parser.options_of(&name)?;
        self.section = Some((name, options));
        Ok(())
    }
    fn option(&mut self, text: &str, whole: &str, line: usize) -> R<()> {
        let Some((section, options)) = self.section.clone() else {
            let shown = Str::new(whole).repr();
            let text = format!("File contains no section headers.\nfile: {}, line: {line}\n{shown}", self.source.repr());
            return Err(exc::new(&MissingSectionHeaderError, text));
        };
        let (cut, strict) = {
            let i = self.parser.0.borrow();
            let found = i.dialect.delimiters.iter().filter_map(|d| text.find(d.as_str()).map(|at| (at, d.as_str().len())));
            (found.min_by_key(|(at, size)| (*at, std::cmp::Reverse(*size))), i.dialect.strict)
        };
        let name = cut.map(|(at, _)| text[..at].trim_end()).filter(|name| !name.is_empty());
        let (Some(name), Some((at, size))) = (name, cut) else {
            let wrong = self.wrong.get_or_insert_with(|| format!("Source contains parsing errors: {}", self.source.repr()));
            wrong.push_str(&format!("\n\t[line {line:2}]: {}", Str::new(whole).repr()));
            return Ok(());
        };
        let name = self.parser.optionxform(&Str::new(name))?;
        let key = (section, name.clone());
        if strict && self.options_seen.contains(&key) {
            let what = format!("option {} in section {}", name.repr(), key.0.repr());
            return Err(exc::new(&DuplicateOptionError, self.at(line, what)));
        }
        self.options_seen.push(key);
        // Its place among the options is where it stands first.
        options.set(name.clone(), Str::lit(""));
        self.lines.push((options, name, vec![text[at + size..].trim().to_string()]));
        self.open = true;
        Ok(())
    }
    fn more(&mut self, text: &str) {
        if let Some((_, _, lines)) = self.lines.last_mut().filter(|_| self.open) {
            lines.push(text.to_string());
        }
    }
}

pub fn read(parser: &ConfigParser, text: &str, source: &Str) -> R<()> {
    let mut r = Reader {
        parser, source, section: None, lines: Vec::new(), open: false, sections_seen: Vec::new(), options_seen: Vec::new(),
        wrong: None,
    };
    let mut indent = 0;
    for (n, line) in text.split_inclusive('\n').enumerate() {
        let (comment, empty_lines) = {
            let i = parser.0.borrow();
            let whole = i.dialect.comments.iter().any(|p| line.trim().starts_with(p.as_str()));
            (if whole { Some(0) } else { inline_comment(line, &i.dialect.inline) }, i.dialect.empty_lines)
        };
        let value = line[..comment.unwrap_or(line.len())].trim();
        if value.is_empty() {
            if !empty_lines {
                indent = usize::MAX;
            } else if comment.is_none() {
                r.more("");
            }
            continue;
        }
        let here = line.chars().take_while(|c| c.is_whitespace()).count();
        if r.open && here > indent {
            r.more(value);
            continue;
        }
        indent = here;
        match value.strip_prefix('[').and_then(|rest| rest.rfind(']').map(|end| &rest[..end])).filter(|h| !h.is_empty()) {
            Some(header) => r.header(Str::new(header), n + 1)?,
            None => r.option(value, line, n + 1)?,
        }
    }
    for (options, name, lines) in &r.lines {
        options.set(name.clone(), Str::new(lines.join("\n").trim_end()));
    }
    match r.wrong {
        Some(text) => Err(exc::new(&ParsingError, text)),
        None => Ok(()),
    }
}

pub fn written(parser: &ConfigParser, spaced: bool) -> String {
    let i = parser.0.borrow();
    let between = i.dialect.delimiters.first().map_or("=", |d| d.as_str());
    let between = if spaced { format!(" {between} ") } else { between.to_string() };
    let mut out = String::new();
    let mut section = |name: &Str, options: &Options| {
        out.push_str(&format!("[{name}]\n"));
        for (key, value) in options.items().iter() {
            out.push_str(&format!("{key}{between}{}\n", value.as_str().replace('\n', "\n\t")));
        }
        out.push('\n');
    };
    if i.defaults.len() > 0 {
        section(&i.dialect.default_section, &i.defaults);
    }
    for (name, options) in i.sections.items().iter() {
        section(&name, &options);
    }
    out
}

// --- References ---

/// `%(name)s` or `${name}` at the begin of the text: the name and what follows.
fn reference(text: &str, kind: Interpolation) -> Option<(&str, &str)> {
    let (open, close) = if kind == Interpolation::Basic { ("%(", ")") } else { ("${", "}") };
    let (name, rest) = text.strip_prefix(open)?.split_once(close)?;
    let rest = if kind == Interpolation::Basic { rest.strip_prefix('s')? } else { rest };
    (!name.is_empty()).then_some((name, rest))
}

/// What `set` refuses: a sign that begins no reference.
pub fn check_value(parser: &ConfigParser, value: &Str) -> R<()> {
    let kind = parser.0.borrow().dialect.interpolation;
    let sign = match kind {
        Interpolation::None => return Ok(()),
        Interpolation::Basic => "%",
        Interpolation::Extended => "$",
    };
    let plain = value.as_str().replace(&sign.repeat(2), "");
    let (mut left, mut rest) = (String::new(), plain.as_str());
    while let Some(at) = rest.find(sign) {
        left.push_str(&rest[..at]);
        rest = match reference(&rest[at..], kind) {
            Some((_, after)) => after,
            None => {
                left.push_str(sign);
                &rest[at + 1..]
            }
        };
    }
    left.push_str(rest);
    match left.find(sign) {
        Some(at) => {
            let place = left[..at].chars().count();
            let text = format!("invalid interpolation syntax in {} at position {place}", value.repr());
            Err(exc::new(&exc::ValueError, text))
        }
        None => Ok(()),
    }
}

struct Place<'a> {
    parser: &'a ConfigParser,
    option: &'a Str,
    section: Str,
    raw: &'a Str,
    kind: Interpolation,
}

pub fn interpolated(parser: &ConfigParser, section: &Str, option: &Str, value: &Str, known: &Options) -> R<Str> {
    let kind = parser.0.borrow().dialect.interpolation;
    if kind == Interpolation::None {
        return Ok(value.clone());
    }
    let mut out = String::new();
    Place { parser, option, section: section.clone(), raw: value, kind }.expand(value, known, 1, &mut out)?;
    Ok(Str::from(out))
}

impl Place<'_> {
    fn expand(&self, text: &str, known: &Options, depth: usize, out: &mut String) -> R<()> {
        let sign = if self.kind == Interpolation::Basic { '%' } else { '$' };
        if depth > DEPTH {
            let text = format!(
                "Recursion limit exceeded in value substitution: option {} in section {} contains an interpolation key \
                 which cannot be substituted in {DEPTH} steps. Raw value: {}",
                self.option.repr(), self.section.repr(), self.raw.repr()
            );
            return Err(exc::new(&InterpolationDepthError, text));
        }
        let mut rest = text;
        while let Some(at) = rest.find(sign) {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            match rest[1..].chars().next() {
                Some(c) if c == sign => {
                    out.push(sign);
                    rest = &rest[2..];
                }
                Some('(') if sign == '%' => rest = self.refer(rest, known, depth, out)?,
                Some('{') if sign == '$' => rest = self.refer(rest, known, depth, out)?,
                _ => {
                    let open = if sign == '%' { "'('" } else { "'{'" };
                    let text = format!("'{sign}' must be followed by '{sign}' or {open}, found: {}", Str::new(rest).repr());
                    return Err(exc::new(&InterpolationSyntaxError, text));
                }
            }
        }
        out.push_str(rest);
        Ok(())
    }
    fn refer<'t>(&self, text: &'t str, known: &Options, depth: usize, out: &mut String) -> R<&'t str> {
        let syntax = |text: String| exc::new(&InterpolationSyntaxError, text);
        let (name, rest) = reference(text, self.kind)
            .ok_or_else(|| syntax(format!("bad interpolation variable reference {}", Str::new(text).repr())))?;
        let parts: Vec<&str> = if self.kind == Interpolation::Extended { name.split(':').collect() } else { vec![name] };
        let (value, others) = match parts[..] {
            [option] => {
                let option = self.parser.optionxform(&Str::new(option))?;
                (known.get(&option).ok_or_else(|| self.missing(&option))?, known.clone())
            }
            [section, option] => {
                let others = self.parser.known(&Str::new(section), &Default::default()).map_err(|_| self.missing(&Str::new(name)))?;
                let option = self.parser.optionxform(&Str::new(option))?;
                (others.get(&option).ok_or_else(|| self.missing(&Str::new(name)))?, others)
            }
            _ => return Err(syntax(format!("More than one ':' found: {}", Str::new(rest).repr()))),
        };
        let sign = if self.kind == Interpolation::Basic { '%' } else { '$' };
        if value.as_str().contains(sign) {
            self.expand(&value, &others, depth + 1, out)?;
        } else {
            out.push_str(&value);
        }
        Ok(rest)
    }
    fn missing(&self, name: &Str) -> Exc {
        let text = format!(
            "Bad value substitution: option {} in section {} contains an interpolation key {} which is not a valid option \
             name. Raw value: {}",
            self.option.repr(), self.section.repr(), name.repr(), self.raw.repr()
        );
        exc::new(&InterpolationMissingOptionError, text)
    }
}
