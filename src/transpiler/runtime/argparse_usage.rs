//! needs: argparse, exc, value, pystr, traits, percent, dict, argparse_help
//! The usage line, its wrapping, and how actions show their arguments.
use super::argparse::*;
use super::argparse_help::width;
use super::exc::R;
use super::pystr::Str;
use super::traits::PyStr;
use super::value::Value;
use std::rc::Rc;

fn default_metavar(p: &Parser, a: &Action) -> Str {
    if p.formatter.metavar_type {
        if let Some(t) = &a.type_ {
            return t.name.clone();
        }
    }
    if a.options.is_empty() { a.dest.clone() } else { a.dest.upper() }
}

/// `n` names for an action's arguments.
fn metavars(p: &Parser, a: &Action, n: usize) -> Vec<Str> {
    let one = match (&a.metavar, a.choice_values()) {
        (Some(m), _) if m.len() > 1 => return m.clone(),
        (Some(m), _) => m[0].clone(),
        (None, Some(c)) => Str::from(format!("{{{}}}", join_str(&c, ","))),
        (None, None) => default_metavar(p, a),
    };
    vec![one; n]
}

/// The arguments as usage and help show them.
pub fn args_text(p: &Parser, a: &Action) -> Str {
    let m = |n: usize| metavars(p, a, n);
    let text = match &a.nargs {
        Nargs::One => return m(1)[0].clone(),
        Nargs::Count(n) => return Str::lit(" ").join(m(*n as usize)),
        Nargs::Text(t) => t.as_str(),
    };
    let names = m(1);
    let second = names.get(1).unwrap_or(&names[0]);
    Str::from(match text {
        OPTIONAL => format!("[{}]", names[0]),
        ZERO_OR_MORE if names.len() == 2 => format!("[{} [{second} ...]]", names[0]),
        ZERO_OR_MORE => format!("[{} ...]", names[0]),
        ONE_OR_MORE => format!("{} [{second} ...]", names[0]),
        REMAINDER => "...".to_string(),
        PARSER => format!("{} ...", names[0]),
        _ => String::new(),
    })
}

/// `-n N, --num N`, or the metavar of a positional.
pub fn invocation(p: &Parser, a: &Action) -> String {
    if a.options.is_empty() {
        return metavars(p, a, 1)[0].to_string();
    }
    if a.nargs == Nargs::Count(0) {
        return Str::lit(", ").join(&a.options).to_string();
    }
    let args = args_text(p, a);
    a.options.iter().map(|o| format!("{o} {args}")).collect::<Vec<_>>().join(", ")
}

pub fn usage_text(p: &Parser, actions: &[Rc<Action>], given: Option<&Str>, prefix: &str) -> R<String> {
    let names = || super::dict::Dict::from([(Value::from("prog"), Value::Str(p.prog.clone()))]);
    let usage = match given {
        Some(text) => super::percent::format(text, &Value::Dict(names()))?.to_string(),
        None if actions.is_empty() => p.prog.to_string(),
        None => composed(p, actions, prefix),
    };
    Ok(format!("{prefix}{usage}\n\n"))
}

fn composed(p: &Parser, actions: &[Rc<Action>], prefix: &str) -> String {
    let pick = |optional: bool| -> Vec<Rc<Action>> {
        actions.iter().filter(|a| a.options.is_empty() != optional).cloned().collect()
    };
    let (optionals, positionals) = (pick(true), pick(false));
    let all: Vec<Rc<Action>> = optionals.iter().chain(&positionals).cloned().collect();
    let parts: Vec<String> =
        [p.prog.to_string(), parts_text(p, &all)].into_iter().filter(|s| !s.is_empty()).collect();
    let line = parts.join(" ");
    let room = width(p);
    let long = |s: &str| s.chars().count();
    if long(prefix) + long(&line) <= room {
        return line;
    }
    let (options, rest) = (words(&parts_text(p, &optionals)), words(&parts_text(p, &positionals)));
    let prog = p.prog.to_string();
    if (long(prefix) + long(&prog)) as f64 <= 0.75 * room as f64 {
        let indent = long(prefix) + long(&prog) + 1;
        let with_prog = |words: &[String]| -> Vec<String> { std::iter::once(&prog).chain(words).cloned().collect() };
        let mut lines = if !options.is_empty() {
            let mut l = fold(&with_prog(&options), indent, Some(long(prefix)), room);
            l.extend(fold(&rest, indent, None, room));
            l
        } else {
            fold(&with_prog(&rest), indent, Some(long(prefix)), room)
        };
        lines.iter_mut().for_each(|l| *l = l.trim_end().to_string());
        return lines.join("\n");
    }
    let indent = long(prefix);
    let both: Vec<String> = options.iter().chain(&rest).cloned().collect();
    let mut lines = fold(&both, indent, None, room);
    if lines.len() > 1 {
        lines = fold(&options, indent, None, room);
        lines.extend(fold(&rest, indent, None, room));
    }
    lines.insert(0, prog);
    lines.join("\n")
}

/// Words into lines; the first line of a block that starts after `prefix` columns has no indent.
fn fold(words: &[String], indent: usize, prefix: Option<usize>, room: usize) -> Vec<String> {
    let pad = " ".repeat(indent);
    let mut lines: Vec<String> = Vec::new();
    let mut line: Vec<&str> = Vec::new();
    let mut used = prefix.unwrap_or(indent) as i64 - 1;
    for w in words {
        let n = w.chars().count() as i64;
        if used + 1 + n > room as i64 && !line.is_empty() {
            lines.push(format!("{pad}{}", line.join(" ")));
            line.clear();
            used = indent as i64 - 1;
        }
        line.push(w);
        used += n + 1;
    }
    if !line.is_empty() {
        lines.push(format!("{pad}{}", line.join(" ")));
    }
    if let (Some(_), Some(first)) = (prefix, lines.first_mut()) {
        *first = first[indent..].to_string();
    }
    lines
}

/// Splits at blanks, keeping bracketed parts whole: `[..]` or `(..)` up to closers that end a word.
fn words(text: &str) -> Vec<String> {
    let c: Vec<char> = text.chars().collect();
    let mut out = Vec::new();
    let mut i = 0;
    while i < c.len() {
        if c[i].is_whitespace() {
            i += 1;
            continue;
        }
        let close = match c[i] {
            '(' => Some(')'),
            '[' => Some(']'),
            _ => None,
        };
        let blank = |k: usize| c.get(k).is_none_or(|x| x.is_whitespace());
        // the nearest run of closers that stands before a blank (anything after brackets for '[')
        let end = close.and_then(|close| {
            let mut k = i;
            loop {
                k = (k..c.len()).find(|&k| c[k] == close)?;
                let run = (k..c.len()).find(|&k| c[k] != close).unwrap_or(c.len());
                if close == ']' || blank(run) {
                    return Some(run);
                }
                k = run;
            }
        });
        let end = end.unwrap_or_else(|| (i..c.len()).find(|&k| c[k].is_whitespace()).unwrap_or(c.len()));
        out.push(c[i..end].iter().collect());
        i = end;
    }
    out
}

/// All actions with brackets, bars of exclusive groups included.
fn parts_text(p: &Parser, actions: &[Rc<Action>]) -> String {
    let mut before: Vec<String> = vec![String::new(); actions.len() + 1];
    let mut grouped = vec![false; actions.len()];
    for g in p.exclusive.iter().filter(|g| !g.actions.is_empty()) {
        let Some(start) = actions.iter().position(|a| Rc::ptr_eq(a, &g.actions[0])) else { continue };
        let end = start + g.actions.len();
        let together = end <= actions.len() && actions[start..end].iter().zip(&g.actions).all(|(a, b)| Rc::ptr_eq(a, b));
        if !together {
            continue;
        }
        grouped[start..end].fill(true);
        let shown = g.actions.iter().filter(|a| !a.is_suppressed()).count();
        let (open, close) = match (g.required, shown) {
            (false, _) => ("[", "]"),
            (true, 2..) => ("(", ")"),
            _ => ("", ""),
        };
        before[start] = format!("{} {open}", before[start]).trim().to_string();
        before[end].push_str(close);
        before[start + 1..end].iter_mut().for_each(|b| *b = "|".to_string());
    }
    let mut parts: Vec<Option<String>> = Vec::new();
    for (i, a) in actions.iter().enumerate() {
        if a.is_suppressed() {
            parts.push(None);
            if before[i] == "|" {
                before[i].clear();
            } else if before[i + 1] == "|" {
                before[i + 1].clear();
            }
            continue;
        }
        parts.push(Some(part(p, a, grouped[i])));
    }
    let mut all: Vec<String> = Vec::new();
    for (i, b) in before.iter().enumerate() {
        all.push(b.clone());
        all.extend(parts.get(i).cloned().flatten());
    }
    clean(&all.into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" "))
}

fn part(p: &Parser, a: &Action, grouped: bool) -> String {
    if a.options.is_empty() {
        let text = args_text(p, a).to_string();
        if grouped && text.starts_with('[') && text.ends_with(']') {
            return text[1..text.len() - 1].to_string();
        }
        return text;
    }
    let text = if a.kind == Kind::Boolean {
        Str::lit(" | ").join(&a.options).to_string()
    } else if a.nargs == Nargs::Count(0) {
        a.options[0].to_string()
    } else {
        format!("{} {}", a.options[0], args_text(p, a).to_str())
    };
    if a.required || grouped { text } else { format!("[{text}]") }
}

/// Joins brackets to their contents and drops empty ones.
fn clean(text: &str) -> String {
    let mut out = text.replace("[ ", "[").replace("( ", "(").replace(" ]", "]").replace(" )", ")");
    for (open, close) in [('[', ']'), ('(', ')'), ('[', ')'), ('(', ']')] {
        let empty = format!("{open}{close}");
        out = out.replace(&empty, "");
    }
    out.trim().to_string()
}
