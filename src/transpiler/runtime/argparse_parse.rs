//! needs: argparse, exc, value, pystr, sys, traits, out, start, argparse_namespace, argparse_pattern, argparse_help, value_items, int, strm, list, convert
//! Parsing of argument lists: options and positionals interleaved, values converted and checked.
use super::argparse::*;
use super::argparse_pattern::{match_counts, nargs_error};
use super::exc::{self, Exc, R};
use super::pystr::Str;
use super::traits::*;
use super::value::Value;
use std::collections::BTreeMap;
use std::rc::Rc;

const UNRECOGNIZED: &str = "_unrecognized_args";

/// Attributes of an ArgumentError: the argument's name, the message.
pub fn error_part(e: &Exc, attribute: &str) -> R<Str> {
    let parts = e.payload::<(Str, Str)>().ok_or_else(|| super::value::no_attribute(e.class().name, attribute))?;
    Ok(if attribute == "message" { parts.1.clone() } else { parts.0.clone() })
}

/// `^-\d+$|^-\d*\.\d+$`
pub fn is_negative_number(s: &str) -> bool {
    let Some(body) = s.strip_prefix('-') else { return false };
    let digits = |t: &str| t.chars().all(|c| super::pystr::decimal_value(c).is_some());
    match body.split_once('.') {
        Some((a, b)) => digits(a) && !b.is_empty() && digits(b),
        None => !body.is_empty() && digits(body),
    }
}

/// An argument that looks like an option: the action (None: unknown), how it was written, and text after `=`.
#[derive(Clone)]
struct Found {
    action: Option<Rc<Action>>,
    option: Str,
    explicit: Option<Str>,
}

/// Why parsing stopped: a message for `error()`, or an exception (exit, or one raised by the program's own code).
enum Stop {
    Usage(Str),
    /// Of one argument: its name and the message.
    About(Str, Str),
    Raise(Exc),
}
impl From<Exc> for Stop {
    fn from(e: Exc) -> Stop {
        Stop::Raise(e)
    }
}
type Step<T> = Result<T, Stop>;

fn usage<T>(text: impl Into<Str>) -> Step<T> {
    Err(Stop::Usage(text.into()))
}
fn about<T>(action: &Action, text: &str) -> Step<T> {
    match action.name() {
        Some(n) => Err(Stop::About(n, Str::new(text))),
        None => usage(text),
    }
}

impl ArgumentParser {
    /// `parse_args(args)`; None takes `sys.argv[1:]`.
    pub fn parse_args(&self, args: Option<Vec<Str>>) -> R<Namespace> {
        let (namespace, rest) = self.parse_known_args(args)?;
        if !rest.is_empty() {
            self.report(&format!("unrecognized arguments: {}", Str::lit(" ").join(&rest)))?;
        }
        Ok(namespace)
    }

    pub fn parse_known_args(&self, args: Option<Vec<Str>>) -> R<(Namespace, Vec<Str>)> {
        let args = args.unwrap_or_else(|| super::sys::argv().to_vec().split_off(1));
        let namespace = Namespace::new();
        let rest = self.parse_into(&namespace, args)?;
        Ok((namespace, rest))
    }

    /// `parse_args(args, namespace)`.
    pub fn parse_args_into(&self, args: Option<Vec<Str>>, namespace: &Namespace) -> R<Namespace> {
        let args = args.unwrap_or_else(|| super::sys::argv().to_vec().split_off(1));
        let rest = self.parse_into(namespace, args)?;
        if !rest.is_empty() {
            self.report(&format!("unrecognized arguments: {}", Str::lit(" ").join(&rest)))?;
        }
        Ok(namespace.clone())
    }

    fn parse_into(&self, namespace: &Namespace, args: Vec<Str>) -> R<Vec<Str>> {
        self.preset(namespace);
        let args = if self.0.borrow().file_prefixes.is_empty() { args } else { self.from_files(args)? };
        let parser = self.0.borrow();
        let mut run = Run {
            owner: self,
            parser: &parser,
            namespace,
            args,
            found: BTreeMap::new(),
            pattern: Vec::new(),
            seen: Vec::new(),
            seen_non_default: Vec::new(),
            extras: Vec::new(),
        };
        match run.all() {
            Ok(()) => {
                let mut rest = std::mem::take(&mut run.extras);
                if let Some(Value::List(more)) = namespace.take(UNRECOGNIZED) {
                    rest.extend(more.iter().map(|v| v.to_str()));
                }
                Ok(rest)
            }
            Err(Stop::Raise(e)) if e.is(&ArgumentError) && parser.exit_on_error => Err(self.error(&e.to_str())?),
            Err(Stop::Raise(e)) => Err(e),
            Err(Stop::Usage(text)) => Err(self.error(&text)?),
            Err(Stop::About(name, text)) if parser.exit_on_error => {
                Err(self.error(&format!("argument {name}: {text}"))?)
            }
            Err(Stop::About(name, text)) => {
                Err(exc::new(&ArgumentError, format!("argument {name}: {text}")).with_payload(Rc::new((name, text))))
            }
        }
    }

    /// Arguments with a file's lines for each that names one.
    fn from_files(&self, args: Vec<Str>) -> R<Vec<Str>> {
        let prefixes = self.0.borrow().file_prefixes.clone();
        let mut out = Vec::new();
        for arg in args {
            let mut rest = arg.as_str().chars();
            if !rest.next().is_some_and(|c| prefixes.as_str().contains(c)) {
                out.push(arg);
                continue;
            }
            match std::fs::read_to_string(rest.as_str()) {
                Ok(text) => out.extend(self.from_files(text.lines().map(Str::new).collect())?),
                Err(e) => return Err(self.error(&super::out::os_error(&e, Some(rest.as_str())).to_str())?),
            }
        }
        Ok(out)
    }

    fn preset(&self, namespace: &Namespace) {
        let p = self.0.borrow();
        for a in p.actions.iter().filter(|a| a.has_dest() && !namespace.has(&a.dest)) {
            let default = a.default.borrow().clone();
            if !is_suppress(&default) {
                namespace.set(&a.dest, default);
            }
        }
        for (name, value) in &p.defaults {
            if !namespace.has(name) {
                namespace.set(name, value.clone());
            }
        }
    }

    /// What `error(message)` raises; after a method of the program that does not, CPython has no namespace to go on with.
    pub fn error(&self, message: &str) -> R<Exc> {
        self.report(message)?;
        Ok(exc::new(&exc::TypeError, "cannot unpack non-iterable NoneType object"))
    }
    fn report(&self, message: &str) -> R<()> {
        let own = self.0.borrow().on_error.clone();
        match own {
            Some(f) => f(self, &Str::new(message)),
            None => self.say_error(message),
        }
    }
    /// Writes usage and message on stderr, and ends the program.
    pub fn say_error(&self, message: &str) -> R<()> {
        let text = format!("{}{}: error: {message}\n", self.format_usage()?, self.prog());
        super::out::write_err(&text);
        Err(super::sys::exit(2i64))
    }
    /// The class of the program that this parser is of does what errors do.
    pub fn on_error(&self, f: impl Fn(&ArgumentParser, &Str) -> R<()> + 'static) {
        self.0.borrow_mut().on_error = Some(Rc::new(f));
    }
    /// `parser.exit(status, message)`.
    pub fn exit(&self, status: i64, message: Option<&Str>) -> Exc {
        if let Some(m) = message {
            super::out::write_err(m);
        }
        super::sys::exit(status)
    }
}

fn is_suppress(v: &Value) -> bool {
    matches!(v, Value::Str(s) if *s == SUPPRESS)
}

struct Run<'a> {
    owner: &'a ArgumentParser,
    parser: &'a Parser,
    namespace: &'a Namespace,
    args: Vec<Str>,
    found: BTreeMap<usize, Found>,
    /// One of `A` (argument), `O` (option), `-` (the separator) for each argument.
    pattern: Vec<u8>,
    seen: Vec<Rc<Action>>,
    seen_non_default: Vec<Rc<Action>>,
    extras: Vec<Str>,
}

fn holds(list: &[Rc<Action>], a: &Rc<Action>) -> bool {
    list.iter().any(|x| Rc::ptr_eq(x, a))
}

impl Run<'_> {
    fn all(&mut self) -> Step<()> {
        self.classify()?;
        let mut positionals: Vec<Rc<Action>> =
            self.parser.actions.iter().filter(|a| a.options.is_empty()).cloned().collect();
        let last = self.found.keys().last().copied();
        let mut at = 0;
        while last.is_some_and(|l| at <= l) {
            let next = self.found.range(at..).next().map_or(at, |e| *e.0);
            if at != next {
                let end = self.positionals(&mut positionals, at)?;
                if end > at {
                    at = end;
                    continue;
                }
            }
            if !self.found.contains_key(&at) {
                self.extras.extend_from_slice(&self.args[at..next]);
                at = next;
            }
            at = self.option(at)?;
        }
        let stop = self.positionals(&mut positionals, at)?;
        self.extras.extend_from_slice(&self.args[stop..]);
        self.finish()
    }

    fn classify(&mut self) -> Step<()> {
        let mut only_arguments = false;
        for i in 0..self.args.len() {
            let arg = self.args[i].clone();
            if only_arguments {
                self.pattern.push(b'A');
            } else if arg == "--" {
                self.pattern.push(b'-');
                only_arguments = true;
            } else {
                match self.as_option(&arg)? {
                    Some(f) => {
                        self.found.insert(i, f);
                        self.pattern.push(b'O');
                    }
                    None => self.pattern.push(b'A'),
                }
            }
        }
        Ok(())
    }

    fn lookup(&self, option: &str) -> Option<Rc<Action>> {
        self.parser.option_map.iter().find(|e| e.0 == *option).map(|e| Rc::clone(&e.1))
    }

    fn as_option(&self, arg: &Str) -> Step<Option<Found>> {
        let is_prefix = |c: Option<char>| c.is_some_and(|c| self.parser.prefix_chars.as_str().contains(c));
        if !is_prefix(arg.as_str().chars().next()) {
            return Ok(None);
        }
        if let Some(a) = self.lookup(arg) {
            return Ok(Some(Found { action: Some(a), option: arg.clone(), explicit: None }));
        }
        if arg.len() == 1 {
            return Ok(None);
        }
        if let Some((name, value)) = arg.split_once('=') {
            if let Some(a) = self.lookup(name) {
                return Ok(Some(Found { action: Some(a), option: name.into(), explicit: Some(value.into()) }));
            }
        }
        let mut near = self.abbreviations(arg);
        if near.len() > 1 {
            let names: Vec<Str> = near.iter().map(|f| f.option.clone()).collect();
            return usage(format!("ambiguous option: {arg} could match {}", Str::lit(", ").join(&names)));
        }
        if let Some(one) = near.pop() {
            return Ok(Some(one));
        }
        if (is_negative_number(arg) && !self.parser.negative_like_options) || arg.contains(&Str::lit(" ")) {
            return Ok(None);
        }
        Ok(Some(Found { action: None, option: arg.clone(), explicit: None }))
    }

    /// Options that `arg` may abbreviate, or a short option with its value glued on.
    fn abbreviations(&self, arg: &str) -> Vec<Found> {
        let is_prefix = |c: Option<char>| c.is_some_and(|c| self.parser.prefix_chars.as_str().contains(c));
        let second = arg.chars().nth(1);
        let map = &self.parser.option_map;
        let made = |e: &(Str, Rc<Action>), explicit: Option<&str>| Found {
            action: Some(Rc::clone(&e.1)),
            option: e.0.clone(),
            explicit: explicit.map(Str::new),
        };
        if is_prefix(second) {
            if !self.parser.allow_abbrev {
                return Vec::new();
            }
            let (name, explicit) = arg.split_once('=').map_or((arg, None), |(n, v)| (n, Some(v)));
            return map.iter().filter(|e| e.0.starts_with(name)).map(|e| made(e, explicit)).collect();
        }
        let cut = arg.char_indices().nth(2).map_or(arg.len(), |c| c.0);
        let (short, rest) = arg.split_at(cut);
        let pick = |e: &(Str, Rc<Action>)| {
            if e.0 == *short {
                Some(made(e, Some(rest)))
            } else if e.0.starts_with(arg) {
                Some(made(e, None))
            } else {
                None
            }
        };
        map.iter().filter_map(pick).collect()
    }

    fn positionals(&mut self, left: &mut Vec<Rc<Action>>, mut at: usize) -> Step<usize> {
        let counts = (0..=left.len())
            .rev()
            .find_map(|n| {
                let nargs: Vec<&Nargs> = left[..n].iter().map(|a| &a.nargs).collect();
                match_counts(&nargs, false, &self.pattern[at..])
            })
            .unwrap_or_default();
        for (action, n) in left.drain(..counts.len()).zip(&counts).collect::<Vec<_>>() {
            let strings = self.args[at..at + n].to_vec();
            at += n;
            self.take(&action, strings, None)?;
        }
        Ok(at)
    }

    fn count_for(&self, action: &Action, pattern: &[u8]) -> Step<usize> {
        match match_counts(&[&action.nargs], !action.options.is_empty(), pattern) {
            Some(n) => Ok(n[0]),
            None => about(action, &nargs_error(&action.nargs)),
        }
    }

    /// Handles the option at `start`; the position after it and its values.
    fn option(&mut self, start: usize) -> Step<usize> {
        let Some(Found { action, mut option, mut explicit }) = self.found.get(&start).cloned() else {
            return Ok(start + 1);
        };
        let Some(mut action) = action else {
            self.extras.push(self.args[start].clone());
            return Ok(start + 1);
        };
        let mut taken: Vec<(Rc<Action>, Vec<Str>, Str)> = Vec::new();
        let stop = loop {
            let Some(text) = explicit.clone() else {
                let n = self.count_for(&action, &self.pattern[start + 1..])?;
                let stop = start + 1 + n;
                taken.push((action, self.args[start + 1..stop].to_vec(), option));
                break stop;
            };
            let n = self.count_for(&action, b"A")?;
            let prefix = &self.parser.prefix_chars;
            let short = option.as_str().chars().nth(1).is_some_and(|c| !prefix.as_str().contains(c));
            if n == 0 && short && !text.is_empty() {
                // several flags behind one dash: the next letter is the next option
                taken.push((Rc::clone(&action), Vec::new(), option.clone()));
                let dash = option.as_str().chars().next().unwrap_or('-');
                let mut letters = text.as_str().chars();
                let next = format!("{dash}{}", letters.next().unwrap_or(' '));
                let rest = letters.as_str();
                match self.lookup(&next) {
                    Some(a) => {
                        action = a;
                        option = Str::from(next);
                        explicit = if rest.is_empty() { None } else { Some(Str::new(rest)) };
                    }
                    None => return about(&action, &format!("ignored explicit argument {}", text.repr())),
                }
            } else if n == 1 {
                taken.push((action, vec![text], option));
                break start + 1;
            } else {
                return about(&action, &format!("ignored explicit argument {}", text.repr()));
            }
        };
        for (action, strings, option) in taken {
            self.take(&action, strings, Some(option))?;
        }
        Ok(stop)
    }

    fn take(&mut self, action: &Rc<Action>, strings: Vec<Str>, option: Option<Str>) -> Step<()> {
        self.seen.push(Rc::clone(action));
        let (value, from_default) = self.values(action, strings)?;
        if !from_default {
            self.seen_non_default.push(Rc::clone(action));
            for group in self.parser.exclusive.iter().filter(|g| holds(&g.actions, action)) {
                for other in group.actions.iter().filter(|o| !Rc::ptr_eq(o, action)) {
                    if holds(&self.seen_non_default, other) {
                        return about(action, &format!("not allowed with argument {}", other.name().unwrap_or_default()));
                    }
                }
            }
        }
        if !is_suppress(&value) || action.kind != Kind::Store {
            self.apply(action, value, option)?;
        }
        Ok(())
    }

    /// Converted and checked values, and whether they are the default itself.
    fn values(&self, action: &Action, mut strings: Vec<Str>) -> Step<(Value, bool)> {
        let text = action.nargs_text();
        let greedy = matches!(text, Some(PARSER | REMAINDER));
        if !greedy {
            if let Some(i) = strings.iter().position(|s| *s == "--") {
                strings.remove(i);
            }
        }
        let default = action.default.borrow().clone();
        if strings.is_empty() && text == Some(OPTIONAL) {
            let mut value = if action.options.is_empty() { default.clone() } else { action.const_.clone() };
            if let Value::Str(s) = &value.clone() {
                value = self.convert(action, s)?;
                self.check(action, &value)?;
            }
            let same = action.options.is_empty() || plain_same(&value, &default);
            return Ok((value, same));
        }
        if strings.is_empty() && text == Some(ZERO_OR_MORE) && action.options.is_empty() {
            if default.is_none() {
                return Ok((Value::list(Vec::new()), false));
            }
            self.check(action, &default)?;
            return Ok((default, true));
        }
        if strings.len() == 1 && (action.nargs == Nargs::One || text == Some(OPTIONAL)) {
            let value = self.convert(action, &strings[0])?;
            self.check(action, &value)?;
            let same = plain_same(&value, &default);
            return Ok((value, same));
        }
        let values = strings.iter().map(|s| self.convert(action, s)).collect::<Step<Vec<Value>>>()?;
        match text {
            Some(REMAINDER) => {}
            Some(PARSER) => self.check(action, &values[0])?,
            _ => values.iter().try_for_each(|v| self.check(action, v))?,
        }
        Ok((Value::list(values), false))
    }

    fn convert(&self, action: &Action, s: &Str) -> Step<Value> {
        let Some(t) = &action.type_ else { return Ok(Value::Str(s.clone())) };
        match (t.call)(s) {
            Ok(v) => Ok(v),
            Err(e) if e.is(&ArgumentTypeError) => about(action, &e.to_str()),
            Err(e) if e.is(&exc::ValueError) || e.is(&exc::TypeError) => {
                about(action, &format!("invalid {} value: {}", t.name, s.repr()))
            }
            Err(e) => Err(Stop::Raise(e)),
        }
    }

    fn check(&self, action: &Action, value: &Value) -> Step<()> {
        let Some(choices) = action.choice_values() else { return Ok(()) };
        if choices.iter().any(|c| c == value) {
            return Ok(());
        }
        let all: Vec<Str> = choices.iter().map(|c| c.repr()).collect();
        about(action, &format!("invalid choice: {} (choose from {})", value.repr(), Str::lit(", ").join(&all)))
    }

    fn apply(&mut self, action: &Rc<Action>, value: Value, option: Option<Str>) -> Step<()> {
        let dest = &action.dest;
        let so_far = |method: &str| -> R<Vec<Value>> {
            match self.namespace.get(dest) {
                Ok(Value::List(l)) => Ok(l.to_vec()),
                Ok(Value::None) | Err(_) => Ok(Vec::new()),
                Ok(other) => Err(super::value::no_attribute(other.type_name(), method)),
            }
        };
        match action.kind {
            Kind::Store => self.namespace.set(dest, value),
            Kind::StoreConst => self.namespace.set(dest, action.const_.clone()),
            Kind::Append | Kind::AppendConst => {
                let mut items = so_far("append")?;
                items.push(if action.kind == Kind::Append { value } else { action.const_.clone() });
                self.namespace.set(dest, Value::list(items));
            }
            Kind::Extend => {
                let mut items = so_far("extend")?;
                items.extend(super::value_items::to_vec(&value)?);
                self.namespace.set(dest, Value::list(items));
            }
            Kind::Count => {
                let n = match self.namespace.get(dest) {
                    Ok(Value::Int(i)) => i,
                    _ => super::int::Int::default(),
                };
                self.namespace.set(dest, Value::Int(n + 1));
            }
            Kind::Boolean => {
                let on = option.is_some_and(|o| !o.starts_with("--no-"));
                self.namespace.set(dest, Value::Bool(on));
            }
            Kind::Help => {
                super::out::write(&super::argparse_help::help_text(self.parser)?);
                return Err(Stop::Raise(super::sys::exit(0i64)));
            }
            Kind::Version => {
                let text = action.version.clone().unwrap_or_default();
                super::out::write(&super::argparse_help::version_text(self.parser, &text)?);
                return Err(Stop::Raise(super::sys::exit(0i64)));
            }
            Kind::Parsers => self.subcommand(action, &value)?,
            Kind::Custom => {
                if let Some(call) = &action.custom {
                    call(self.owner.clone(), self.namespace.clone(), value, option)?;
                }
            }
        }
        Ok(())
    }

    fn subcommand(&mut self, action: &Action, value: &Value) -> Step<()> {
        let mut words: Vec<Str> = super::value_items::to_vec(value)?.iter().map(|v| v.to_str()).collect();
        let name = words.remove(0);
        if action.has_dest() {
            self.namespace.set(&action.dest, Value::Str(name.clone()));
        }
        let parser = action.subs.as_ref().and_then(|s| {
            s.borrow().parsers.iter().find(|p| p.0 == name).map(|p| p.1.clone())
        });
        let Some(parser) = parser else { return about(action, &format!("unknown parser {}", name.repr())) };
        let inner = Namespace::new();
        let rest = parser.parse_into(&inner, words)?;
        for (k, v) in inner.items() {
            self.namespace.set(&k, v);
        }
        if !rest.is_empty() {
            let mut all = match self.namespace.take(UNRECOGNIZED) {
                Some(Value::List(l)) => l.to_vec(),
                _ => Vec::new(),
            };
            all.extend(rest.into_iter().map(Value::Str));
            self.namespace.set(UNRECOGNIZED, Value::list(all));
        }
        Ok(())
    }

    /// Required arguments and groups; defaults given as text go through the type.
    fn finish(&mut self) -> Step<()> {
        let mut missing = Vec::new();
        for a in self.parser.actions.iter().filter(|a| !holds(&self.seen, a)) {
            if a.required {
                missing.push(a.name().unwrap_or_default());
                continue;
            }
            let default = a.default.borrow().clone();
            if let (Value::Str(s), true) = (&default, a.has_dest()) {
                if self.namespace.get(&a.dest).is_ok_and(|v| v.same(&default)) {
                    let converted = self.convert(a, s)?;
                    self.namespace.set(&a.dest, converted);
                }
            }
        }
        if !missing.is_empty() {
            let names = Str::lit(", ").join(&missing);
            return usage(format!("the following arguments are required: {names}"));
        }
        for g in self.parser.exclusive.iter().filter(|g| g.required) {
            if !g.actions.iter().any(|a| holds(&self.seen_non_default, a)) {
                let names: Vec<Str> =
                    g.actions.iter().filter(|a| !a.is_suppressed()).map(|a| a.name().unwrap_or_default()).collect();
                return usage(format!("one of the arguments {} is required", Str::lit(" ").join(&names)));
            }
        }

        Ok(())
    }
}

/// `value is default` for the values that CPython shares.
fn plain_same(value: &Value, default: &Value) -> bool {
    match (value, default) {
        (Value::None, Value::None) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Int(a), Value::Int(b)) => a == b && (-5..257).contains(&a.to_i64().unwrap_or(-9)),
        _ => false,
    }
}
