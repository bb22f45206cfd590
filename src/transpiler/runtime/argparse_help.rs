//! needs: argparse, exc, value, pystr, traits, out, textwrap, percent, dict, argparse_usage
//! Help texts: sections, columns, wrapping at COLUMNS.
use super::argparse::*;
use super::argparse_usage::{args_text, invocation, usage_text};
use super::exc::R;
use super::pystr::Str;
use super::textwrap::{self, Options};
use super::traits::PyStr;
use super::value::Value;
use std::rc::Rc;

const MAX_HELP_POSITION: usize = 24;

/// Columns of the terminal, less two.
pub fn terminal_width() -> usize {
    let given = std::env::var("COLUMNS").ok().and_then(|c| c.parse::<usize>().ok()).filter(|c| *c > 0);
    given.unwrap_or(80).saturating_sub(2)
}

/// Columns of a parser's texts.
pub fn width(p: &Parser) -> usize {
    p.formatter.width.map_or_else(terminal_width, |w| w.max(0) as usize)
}

impl ArgumentParser {
    pub fn format_help(&self) -> R<Str> {
        Ok(Str::from(help_text(&self.0.borrow())?))
    }
    pub fn format_usage(&self) -> R<Str> {
        let p = self.0.borrow();
        Ok(Str::from(tidy(&usage_text(&p, &p.actions, p.usage.as_ref(), "usage: ")?)))
    }
    pub fn print_help(&self) -> R<()> {
        let text = self.format_help()?;
        super::out::write(&text);
        Ok(())
    }
    pub fn print_usage(&self) -> R<()> {
        let text = self.format_usage()?;
        super::out::write(&text);
        Ok(())
    }
}

/// No more than one empty line in a row, none at the ends.
fn tidy(text: &str) -> String {
    let mut out = text.to_string();
    while out.contains("\n\n\n") {
        out = out.replace("\n\n\n", "\n\n");
    }
    let body = out.trim_matches('\n');
    if text.is_empty() { String::new() } else { format!("{body}\n") }
}

/// What stands before a subcommand's name in its usage.
pub fn subparser_prog(p: &Parser) -> R<Str> {
    let positionals: Vec<Rc<Action>> = p.actions.iter().filter(|a| a.options.is_empty()).cloned().collect();
    Ok(Str::new(usage_text(p, &positionals, p.usage.as_ref(), "")?.trim()))
}

pub fn version_text(p: &Parser, version: &Str) -> R<String> {
    Ok(tidy(&paragraph(p, version, 0)?))
}

pub fn help_text(p: &Parser) -> R<String> {
    let mut out = usage_text(p, &p.actions, p.usage.as_ref(), "usage: ")?;
    if let Some(d) = &p.description {
        out.push_str(&paragraph(p, d, 0)?);
    }
    let column = help_column(p);
    for s in &p.sections {
        let mut body = String::new();
        if let Some(d) = &s.description {
            body.push_str(&paragraph(p, d, 2)?);
        }
        for a in s.actions.iter().filter(|a| !a.is_suppressed()) {
            body.push_str(&action_text(p, a, 2, column)?);
        }
        if body.is_empty() {
            continue;
        }
        out.push('\n');
        if let Some(t) = s.title.as_ref().filter(|t| **t != SUPPRESS) {
            out.push_str(&format!("{t}:\n"));
        }
        out.push_str(&body);
        out.push('\n');
    }
    if let Some(e) = &p.epilog {
        out.push_str(&paragraph(p, e, 0)?);
    }
    Ok(tidy(&out))
}

/// Where help starts: two columns after the longest invocation, within limits.
fn help_column(p: &Parser) -> usize {
    let asked = p.formatter.max_help_position.map_or(MAX_HELP_POSITION, |n| n.max(0) as usize);
    let limit = asked.min((width(p) as i64 - 20).max(4) as usize);
    let mut longest = 0;
    for a in p.sections.iter().flat_map(|s| &s.actions).filter(|a| !a.is_suppressed()) {
        longest = longest.max(chars(&invocation(p, a)) + 2);
        if let Some(subs) = &a.subs {
            for (name, _) in &subs.borrow().shown {
                longest = longest.max(chars(name) + 2);
            }
        }
    }
    (longest + 2).min(limit)
}

fn chars(s: &str) -> usize {
    s.chars().count()
}

/// Description and epilog.
fn paragraph(p: &Parser, text: &Str, indent: usize) -> R<String> {
    if *text == SUPPRESS {
        return Ok(String::new());
    }
    let text = if text.as_str().contains("%(prog)") {
        let names = super::dict::Dict::from([(Value::from("prog"), Value::Str(p.prog.clone()))]);
        super::percent::format(text, &Value::Dict(names))?
    } else {
        text.clone()
    };
    let pad = " ".repeat(indent);
    if p.formatter.raw_description {
        let lines: String = text.splitlines(true).iter().map(|l| format!("{pad}{l}")).collect();
        return Ok(lines + "\n\n");
    }
    let room = (width(p) as i64 - indent as i64).max(11);
    let one_line = squeeze(&text);
    let o = Options {
        width: room,
        initial_indent: Str::from(pad.clone()),
        subsequent_indent: Str::from(pad),
        ..Options::default()
    };
    Ok(format!("{}\n\n", textwrap::fill(&one_line, &o)?))
}

/// Runs of ASCII white space become one space.
fn squeeze(text: &str) -> Str {
    Str::from(text.split_ascii_whitespace().flat_map(|w| w.split('\x0b')).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" "))
}

fn action_text(p: &Parser, a: &Action, indent: usize, column: usize) -> R<String> {
    let help = match expanded_help(p, a)? {
        Some(h) if !h.trim().is_empty() => help_lines(p, &h, column)?,
        _ => Vec::new(),
    };
    let mut out = entry(&invocation(p, a), &help, indent, column);
    if let Some(subs) = &a.subs {
        for (name, text) in &subs.borrow().shown {
            if *text == SUPPRESS {
                continue;
            }
            let text = expand(p, text, &[("dest", Value::Str(name.clone()))])?;
            let lines = if text.trim().is_empty() { Vec::new() } else { help_lines(p, &text, column)? };
            out.push_str(&entry(name, &lines, indent + 2, column));
        }
    }
    Ok(out)
}

/// An invocation with its help beside it, or below when it is too long.
fn entry(header: &str, help: &[Str], indent: usize, column: usize) -> String {
    let pad = " ".repeat(indent);
    if help.is_empty() {
        return format!("{pad}{header}\n");
    }
    let room = column as i64 - indent as i64 - 2;
    let mut out = String::new();
    let mut rest = help;
    if (chars(header) as i64) <= room {
        let fill = " ".repeat(room as usize - chars(header));
        out.push_str(&format!("{pad}{header}{fill}  {}\n", help[0]));
        rest = &help[1..];
    } else {
        out.push_str(&format!("{pad}{header}\n"));
    }
    for line in rest {
        out.push_str(&format!("{}{line}\n", " ".repeat(column)));
    }
    out
}

fn help_lines(p: &Parser, help: &Str, column: usize) -> R<Vec<Str>> {
    if p.formatter.raw_text {
        return Ok(help.splitlines(false));
    }
    let room = (width(p) as i64 - column as i64).max(11);
    textwrap::wrap(&squeeze(help), &Options { width: room, ..Options::default() })
}

fn expanded_help(p: &Parser, a: &Action) -> R<Option<Str>> {
    let mut help = match &a.help {
        Some(h) => h.clone(),
        None if p.formatter.defaults => Str::lit(""),
        None => return Ok(None),
    };
    let default = a.default.borrow().clone();
    let suppressed = matches!(&default, Value::Str(s) if *s == SUPPRESS);
    if p.formatter.defaults && !help.as_str().contains("%(default)") && !suppressed {
        let optional = matches!(a.nargs_text(), Some(OPTIONAL | ZERO_OR_MORE));
        if (!a.options.is_empty() || optional) && a.help.is_some() {
            help.push_str(" (default: %(default)s)");
        }
    }
    if !help.as_str().contains('%') {
        return Ok(Some(help));
    }
    let nargs = match &a.nargs {
        Nargs::One => Value::None,
        Nargs::Count(n) => Value::from(*n),
        Nargs::Text(t) => Value::Str(t.clone()),
    };
    let mut fields = vec![
        ("dest", Value::Str(a.dest.clone())),
        ("nargs", nargs),
        ("const", a.const_.clone()),
        ("required", Value::Bool(a.required)),
        ("type", a.type_.as_ref().map_or(Value::None, |t| Value::Str(t.name.clone()))),
        ("metavar", a.metavar.as_ref().map_or(Value::None, |m| Value::Str(m[0].clone()))),
        ("choices", a.choice_values().map_or(Value::None, |c| Value::from(join_str(&c, ", ").as_str()))),
        ("help", a.help.clone().map_or(Value::None, Value::Str)),
    ];
    if !suppressed {
        fields.push(("default", default));
    }
    expand(p, &help, &fields).map(Some)
}

fn expand(p: &Parser, help: &Str, fields: &[(&str, Value)]) -> R<Str> {
    if !help.as_str().contains('%') {
        return Ok(help.clone());
    }
    let names = super::dict::Dict::new();
    names.set(Value::from("prog"), Value::Str(p.prog.clone()));
    for (k, v) in fields {
        names.set(Value::from(*k), v.clone());
    }
    super::percent::format(help, &Value::Dict(names))
}

/// `metavar` of an action for error texts of tools.
pub fn metavar_text(p: &Parser, a: &Action) -> String {
    args_text(p, a).to_str().to_string()
}
