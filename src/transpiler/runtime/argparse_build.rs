//! needs: argparse, exc, value, pystr, sys, list, traits, argparse_help, argparse_parse, convert, strm
//! Making parsers: `ArgumentParser`, `add_argument`, groups, subparsers.
use super::argparse::*;
use super::exc::{self, Exc, R};
use super::pystr::Str;
use super::value::Value;
use std::cell::RefCell;
use std::rc::Rc;

/// Keyword arguments of `ArgumentParser`.
#[derive(Clone)]
pub struct ParserOptions {
    pub prog: Option<Str>,
    pub usage: Option<Str>,
    pub description: Option<Str>,
    pub epilog: Option<Str>,
    pub parents: Vec<ArgumentParser>,
    pub formatter: Formatter,
    pub prefix_chars: Str,
    pub argument_default: Option<Value>,
    pub add_help: bool,
    pub allow_abbrev: bool,
    pub exit_on_error: bool,
    pub resolve: bool,
    pub file_prefixes: Str,
}

impl Default for ParserOptions {
    fn default() -> Self {
        ParserOptions {
            prog: None,
            usage: None,
            description: None,
            epilog: None,
            parents: Vec::new(),
            formatter: Formatter::default(),
            prefix_chars: Str::lit("-"),
            argument_default: None,
            add_help: true,
            allow_abbrev: true,
            exit_on_error: true,
            resolve: false,
            file_prefixes: Str::lit(""),
        }
    }
}

#[derive(Clone)]
pub struct ArgumentGroup {
    parser: ArgumentParser,
    section: Option<usize>,
    exclusive: Option<usize>,
}

#[derive(Clone)]
pub struct Subparsers {
    parser: ArgumentParser,
    subs: Rc<RefCell<Subs>>,
}

/// Keyword arguments of `add_subparsers`.
#[derive(Clone, Default)]
pub struct SubparsersOptions {
    pub title: Option<Str>,
    pub description: Option<Str>,
    pub prog: Option<Str>,
    pub dest: Option<Str>,
    pub required: bool,
    pub help: Option<Str>,
    pub metavar: Option<Str>,
}

impl ArgumentParser {
    pub fn new(o: ParserOptions) -> R<ArgumentParser> {
        let script = super::sys::argv().get(0).unwrap_or_default();
        let base = script.as_str().rsplit('/').next().unwrap_or("").to_string();
        let section = |title: &'static str| Section {
            title: Some(Str::lit(title)),
            description: None,
            actions: Vec::new(),
        };
        let parser = ArgumentParser(Rc::new(RefCell::new(Parser {
            prog: o.prog.unwrap_or_else(|| Str::from(base)),
            usage: o.usage,
            description: o.description,
            epilog: o.epilog,
            formatter: o.formatter,
            prefix_chars: o.prefix_chars.clone(),
            allow_abbrev: o.allow_abbrev,
            argument_default: o.argument_default,
            actions: Vec::new(),
            sections: vec![section("positional arguments"), section("options")],
            exclusive: Vec::new(),
            option_map: Vec::new(),
            defaults: Vec::new(),
            negative_like_options: false,
            exit_on_error: o.exit_on_error,
            resolve: o.resolve,
            file_prefixes: o.file_prefixes,
            on_error: None,
        })));
        if o.add_help {
            let dash = if o.prefix_chars.as_str().contains('-') { "-" } else { &o.prefix_chars.as_str()[..1] };
            let (short, long) = (format!("{dash}h"), format!("{dash}{dash}help"));
            let help = Argument {
                action: Some(Str::lit("help")),
                default: Some(Value::from(SUPPRESS)),
                help: Some(Str::lit("show this help message and exit")),
                ..Argument::default()
            };
            parser.add_argument(&[&short, &long], help)?;
        }
        for parent in &o.parents {
            parser.adopt(parent)?;
        }
        Ok(parser)
    }

    /// Takes over the arguments of a parent parser.
    fn adopt(&self, parent: &ArgumentParser) -> R<()> {
        let from = parent.0.borrow();
        for (i, section) in from.sections.iter().enumerate() {
            let at = {
                let mut p = self.0.borrow_mut();
                match p.sections.iter().position(|s| s.title == section.title) {
                    Some(at) if i < 2 || p.sections[at].title.is_some() => at,
                    _ => {
                        p.sections.push(Section { actions: Vec::new(), ..section.clone() });
                        p.sections.len() - 1
                    }
                }
            };
            for action in &section.actions {
                self.register(Rc::clone(action), at, None)?;
            }
        }
        for x in &from.exclusive {
            self.0.borrow_mut().exclusive.push(x.clone());
        }
        let defaults = from.defaults.clone();
        self.0.borrow_mut().defaults.extend(defaults);
        Ok(())
    }

    pub fn add_argument(&self, names: &[&str], a: Argument) -> R<()> {
        self.add_to(names, a, None, None).map(|_| ())
    }

    fn add_to(&self, names: &[&str], a: Argument, section: Option<usize>, exclusive: Option<usize>) -> R<Rc<Action>> {
        let prefix = self.0.borrow().prefix_chars.clone();
        let positional = names.is_empty() || (names.len() == 1 && !names[0].starts_with(|c: char| prefix.as_str().contains(c)));
        let mut a = a;
        if a.default.is_none() {
            let p = self.0.borrow();
            let dest = match (&a.dest, positional) {
                (Some(d), _) => d.clone(),
                (None, true) => Str::new(names.first().copied().unwrap_or("")),
                (None, false) => option_dest(names, &prefix)?,
            };
            let set = p.defaults.iter().rev().find(|d| d.0 == dest).map(|d| d.1.clone());
            a.default = set.or_else(|| p.argument_default.clone());
        }
        let action = make_action(names, a, positional, &prefix)?;
        if exclusive.is_some() && action.required {
            return Err(value_error("mutually exclusive arguments must be optional"));
        }
        let action = Rc::new(action);
        self.register(Rc::clone(&action), section.unwrap_or(!positional as usize), exclusive)?;
        Ok(action)
    }

    fn register(&self, action: Rc<Action>, section: usize, exclusive: Option<usize>) -> R<()> {
        let mut p = self.0.borrow_mut();
        let taken: Vec<Str> =
            action.options.iter().filter(|o| p.option_map.iter().any(|e| e.0 == **o)).cloned().collect();
        if p.resolve {
            taken.iter().for_each(|o| p.give_up(o));
        } else if !taken.is_empty() {
            let plural = if taken.len() == 1 { "" } else { "s" };
            let name = action.name().unwrap_or_default();
            let text = format!("argument {name}: conflicting option string{plural}: {}", Str::lit(", ").join(&taken));
            return Err(exc::new(&ArgumentError, text));
        }
        for o in &action.options {
            p.option_map.push((o.clone(), Rc::clone(&action)));
            p.negative_like_options |= super::argparse_parse::is_negative_number(o);
        }
        p.actions.push(Rc::clone(&action));
        p.sections[section].actions.push(Rc::clone(&action));
        if let Some(x) = exclusive {
            p.exclusive[x].actions.push(action);
        }
        Ok(())
    }

    pub fn add_argument_group(&self, title: Option<Str>, description: Option<Str>) -> ArgumentGroup {
        let mut p = self.0.borrow_mut();
        p.sections.push(Section { title, description, actions: Vec::new() });
        ArgumentGroup { parser: self.clone(), section: Some(p.sections.len() - 1), exclusive: None }
    }

    pub fn add_mutually_exclusive_group(&self, required: bool) -> ArgumentGroup {
        let mut p = self.0.borrow_mut();
        p.exclusive.push(Exclusive { required, actions: Vec::new() });
        ArgumentGroup { parser: self.clone(), section: None, exclusive: Some(p.exclusive.len() - 1) }
    }

    pub fn add_subparsers(&self, o: SubparsersOptions) -> R<Subparsers> {
        if self.0.borrow().actions.iter().any(|a| a.kind == Kind::Parsers) {
            return Err(exc::new(&exc::TypeError, "cannot have multiple subparser arguments"));
        }
        let prog = match o.prog {
            Some(p) => p,
            None => super::argparse_help::subparser_prog(&self.0.borrow())?,
        };
        let section = (o.title.is_some() || o.description.is_some()).then(|| {
            let title = o.title.clone().unwrap_or(Str::lit("subcommands"));
            self.add_argument_group(Some(title), o.description.clone()).section.unwrap_or(0)
        });
        let subs = Rc::new(RefCell::new(Subs { prog, parsers: Vec::new(), shown: Vec::new() }));
        let action = Action {
            kind: Kind::Parsers,
            options: Vec::new(),
            dest: o.dest.unwrap_or(Str::lit(SUPPRESS)),
            nargs: Nargs::Text(Str::lit(PARSER)),
            const_: Value::None,
            default: RefCell::new(Value::None),
            type_: None,
            choices: None,
            required: o.required,
            help: o.help,
            metavar: o.metavar.map(|m| vec![m]),
            version: None,
            custom: None,
            subs: Some(Rc::clone(&subs)),
        };
        self.register(Rc::new(action), section.unwrap_or(0), None)?;
        Ok(Subparsers { parser: self.clone(), subs })
    }

    pub fn set_defaults(&self, pairs: Vec<(&str, Value)>) {
        let mut p = self.0.borrow_mut();
        for (name, value) in pairs {
            for a in p.actions.iter().filter(|a| a.dest == *name) {
                *a.default.borrow_mut() = value.clone();
            }
            match p.defaults.iter_mut().find(|d| d.0 == *name) {
                Some(d) => d.1 = value,
                None => p.defaults.push((Str::new(name), value)),
            }
        }
    }

    pub fn get_default(&self, name: &str) -> Value {
        let p = self.0.borrow();
        for a in p.actions.iter().filter(|a| a.dest == *name) {
            if !a.default.borrow().is_none() {
                return a.default.borrow().clone();
            }
        }
        p.defaults.iter().find(|d| d.0 == *name).map_or(Value::None, |d| d.1.clone())
    }
    pub fn prog(&self) -> Str {
        self.0.borrow().prog.clone()
    }
    pub fn set_prog(&self, text: Str) {
        self.0.borrow_mut().prog = text;
    }
    pub fn set_description(&self, text: Str) {
        self.0.borrow_mut().description = Some(text);
    }
    pub fn set_epilog(&self, text: Str) {
        self.0.borrow_mut().epilog = Some(text);
    }
    pub fn set_usage(&self, text: Str) {
        self.0.borrow_mut().usage = Some(text);
    }
}

impl Parser {
    /// An option string goes over to a later action; an action that has none left goes.
    fn give_up(&mut self, option: &Str) {
        let Some(at) = self.option_map.iter().position(|e| e.0 == *option) else { return };
        let old = self.option_map.remove(at).1;
        let mut new = (*old).clone();
        new.options.retain(|o| o != option);
        let gone = new.options.is_empty();
        let new = Rc::new(new);
        let exchange = |actions: &mut Vec<Rc<Action>>| {
            actions.retain(|a| !gone || !Rc::ptr_eq(a, &old));
            actions.iter_mut().filter(|a| Rc::ptr_eq(a, &old)).for_each(|a| *a = Rc::clone(&new));
        };
        exchange(&mut self.actions);
        self.sections.iter_mut().for_each(|s| exchange(&mut s.actions));
        self.exclusive.iter_mut().for_each(|x| exchange(&mut x.actions));
        self.option_map.iter_mut().filter(|e| Rc::ptr_eq(&e.1, &old)).for_each(|e| e.1 = Rc::clone(&new));
    }
}

impl ArgumentGroup {
    pub fn add_argument(&self, names: &[&str], a: Argument) -> R<()> {
        self.parser.add_to(names, a, self.section, self.exclusive).map(|_| ())
    }
    pub fn add_mutually_exclusive_group(&self, required: bool) -> ArgumentGroup {
        ArgumentGroup { section: self.section, ..self.parser.add_mutually_exclusive_group(required) }
    }
    pub fn add_argument_group(&self, title: Option<Str>, description: Option<Str>) -> ArgumentGroup {
        self.parser.add_argument_group(title, description)
    }
}

impl Subparsers {
    pub fn add_parser(&self, name: &str, help: Option<Str>, aliases: &[Str], o: ParserOptions) -> R<ArgumentParser> {
        let prog = o.prog.clone().unwrap_or_else(|| Str::from(format!("{} {name}", self.subs.borrow().prog)));
        let made = ArgumentParser::new(ParserOptions { prog: Some(prog), ..o })?;
        made.0.borrow_mut().on_error = self.parser.0.borrow().on_error.clone();
        let mut subs = self.subs.borrow_mut();
        if let Some(h) = help {
            let shown = if aliases.is_empty() {
                name.to_string()
            } else {
                format!("{name} ({})", Str::lit(", ").join(aliases))
            };
            subs.shown.push((Str::from(shown), h));
        }
        subs.parsers.push((Str::new(name), made.clone()));
        for a in aliases {
            subs.parsers.push((a.clone(), made.clone()));
        }
        Ok(made)
    }
    pub fn parser(&self) -> ArgumentParser {
        self.parser.clone()
    }
}

fn value_error(text: impl Into<Str>) -> Exc {
    exc::new(&exc::ValueError, text)
}

/// Dest of an option: its first long name, else its first name, without leading dashes.
fn option_dest(names: &[&str], prefix: &Str) -> R<Str> {
    let is_prefix = |c: char| prefix.as_str().contains(c);
    let long = names.iter().find(|n| n.chars().nth(1).is_some_and(is_prefix));
    let base = long.or(names.first()).map_or("", |n| n.trim_start_matches(is_prefix));
    if base.is_empty() {
        let text = format!("dest= is required for options like {}", super::traits::PyRepr::repr(&Str::new(names[0])));
        return Err(value_error(text));
    }
    Ok(Str::from(base.replace('-', "_")))
}

fn make_action(names: &[&str], a: Argument, positional: bool, prefix: &Str) -> R<Action> {
    let word = a.action.clone().unwrap_or(Str::lit("store"));
    let kind = match word.as_str() {
        "store" => Kind::Store,
        "store_const" | "store_true" | "store_false" => Kind::StoreConst,
        "append" => Kind::Append,
        "append_const" => Kind::AppendConst,
        "extend" => Kind::Extend,
        "count" => Kind::Count,
        "help" => Kind::Help,
        "version" => Kind::Version,
        "BooleanOptionalAction" => Kind::Boolean,
        "custom" => Kind::Custom,
        other => return Err(value_error(format!("unknown action \"{other}\""))),
    };
    let dest = match (&a.dest, positional) {
        (Some(_), true) if !names.is_empty() && kind != Kind::Custom => return Err(value_error("dest supplied twice for positional argument")),
        (Some(d), _) => d.clone(),
        (None, true) => Str::new(names.first().copied().unwrap_or("")),
        (None, false) => option_dest(names, prefix)?,
    };
    let flag = !matches!(kind, Kind::Store | Kind::Append | Kind::Extend | Kind::Custom);
    let nargs = if flag { Nargs::Count(0) } else { a.nargs.clone().unwrap_or(Nargs::One) };
    if !flag && kind != Kind::Custom && nargs == Nargs::Count(0) {
        let text = if kind == Kind::Store {
            "nargs for store actions must be != 0; if you have nothing to store, actions such as store true or store const may be more appropriate"
        } else {
            "nargs for append actions must be != 0; if arg strings are not supplying the value to append, the append const action may be more appropriate"
        };
        return Err(value_error(text));
    }
    let (const_, default) = match word.as_str() {
        "store_true" => (Value::Bool(true), a.default.clone().unwrap_or(Value::Bool(false))),
        "store_false" => (Value::Bool(false), a.default.clone().unwrap_or(Value::Bool(true))),
        "help" | "version" => (Value::None, Value::from(SUPPRESS)),
        _ => (a.const_.clone().unwrap_or(Value::None), a.default.clone().unwrap_or(Value::None)),
    };
    let required = if positional {
        match &nargs {
            Nargs::Text(t) if *t == OPTIONAL => false,
            Nargs::Text(t) if *t == ZERO_OR_MORE => a.default.is_none(),
            _ => !flag || nargs != Nargs::Count(0),
        }
    } else {
        a.required
    };
    let mut options: Vec<Str> = if positional { Vec::new() } else { names.iter().map(|n| Str::new(n)).collect() };
    let mut help = a.help.clone();
    if kind == Kind::Boolean {
        let mut both = Vec::new();
        for o in options {
            let negated = o.strip_prefix("--").map(|rest| Str::from(format!("--no-{rest}")));
            both.push(o);
            both.extend(negated);
        }
        options = both;
    }
    let version = matches!(kind, Kind::Version);
    if version && help.is_none() {
        help = Some(Str::lit("show program's version number and exit"));
    }
    Ok(Action {
        kind,
        options,
        dest: if matches!(kind, Kind::Help | Kind::Version) && a.dest.is_none() { Str::lit(SUPPRESS) } else { dest },
        nargs,
        const_,
        default: RefCell::new(default),
        type_: a.type_,
        choices: a.choices,
        required,
        help,
        metavar: a.metavar,
        version: a.version,
        custom: a.custom,
        subs: None,
    })
}
