//! needs: argparse, value, textwrap
use rt::argparse::*;
use rt::exc::R;
use rt::pystr::Str;
use rt::traits::*;
use rt::value::Value;
use std::collections::HashMap;

fn literal(s: &str) -> Value {
    let body = &s[1..];
    match &s[..1] {
        "!" => match body {
            "True" => Value::Bool(true),
            "False" => Value::Bool(false),
            "SUPPRESS" => Value::from(SUPPRESS),
            "[]" => Value::list(vec![]),
            _ => Value::None,
        },
        "i" => Value::from(body.parse::<i64>().unwrap_or(0)),
        "f" => Value::from(body.parse::<f64>().unwrap_or(0.0)),
        _ => Value::from(body),
    }
}

fn pairs<'a>(fields: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|f| f.split_once('=').unwrap_or((f, ""))).collect()
}

fn argument(fields: &[&str]) -> Argument {
    let mut a = Argument::default();
    for (k, v) in pairs(fields) {
        match k {
            "type" => a.type_ = Some(match v {
                "int" => Converter::int(),
                "float" => Converter::float(),
                _ => Converter::str(),
            }),
            "nargs" => a.nargs = Some(match v.parse::<i64>() {
                Ok(n) => Nargs::Count(n),
                Err(_) => Nargs::Text(Str::new(v)),
            }),
            "default" => a.default = Some(literal(v)),
            "const" => a.const_ = Some(literal(v)),
            "choices" => a.choices = Some(v.split(',').map(literal).collect()),
            "required" => a.required = true,
            "metavar" => a.metavar = Some(v.split(',').map(Str::new).collect()),
            "help" if v == "SUPPRESS" => a.help = Some(Str::lit(SUPPRESS)),
            "help" => a.help = Some(Str::new(v)),
            "action" => a.action = Some(Str::new(v)),
            "version" => a.version = Some(Str::new(v)),
            _ => a.dest = Some(Str::new(v)),
        }
    }
    a
}

fn options(fields: &[&str]) -> ParserOptions {
    let mut o = ParserOptions::default();
    for (k, v) in pairs(fields) {
        let text = Some(Str::new(v));
        match k {
            "prog" => o.prog = text,
            "description" => o.description = text,
            "epilog" => o.epilog = text,
            "usage" => o.usage = text,
            "formatter" => o.formatter = match v {
                "raw" => Formatter::RawDescription,
                "rawtext" => Formatter::RawText,
                "defaults" => Formatter::ArgumentDefaults,
                _ => Formatter::MetavarType,
            },
            "add_help" => o.add_help = v == "1",
            _ => o.allow_abbrev = v == "1",
        }
    }
    o
}

fn build(spec: &str) -> R<ArgumentParser> {
    let mut parsers: HashMap<String, ArgumentParser> = HashMap::new();
    let mut groups: HashMap<String, ArgumentGroup> = HashMap::new();
    let mut subs: HashMap<String, Subparsers> = HashMap::new();
    for record in spec.split('\x1e') {
        let f: Vec<&str> = record.split('\x1f').collect();
        let text = |s: &str| if s.is_empty() { None } else { Some(Str::new(s)) };
        match f[0] {
            "P" => {
                parsers.insert("p".into(), ArgumentParser::new(options(&f[1..]))?);
            }
            "A" => {
                let names: Vec<&str> = f[2].split(',').collect();
                match (parsers.get(f[1]), groups.get(f[1])) {
                    (Some(p), _) => p.add_argument(&names, argument(&f[3..]))?,
                    (_, Some(g)) => g.add_argument(&names, argument(&f[3..]))?,
                    _ => {}
                }
            }
            "G" => {
                let g = parsers[f[1]].add_argument_group(text(f[3]), text(f[4]));
                groups.insert(f[2].into(), g);
            }
            "X" => {
                let g = parsers[f[1]].add_mutually_exclusive_group(f[3] == "1");
                groups.insert(f[2].into(), g);
            }
            "S" => {
                let mut o = SubparsersOptions::default();
                for (k, v) in pairs(&f[3..]) {
                    let v = Some(Str::new(v));
                    match k {
                        "dest" => o.dest = v,
                        "title" => o.title = v,
                        "description" => o.description = v,
                        "help" => o.help = v,
                        "metavar" => o.metavar = v,
                        _ => o.required = v.is_some_and(|v| v == "1"),
                    }
                }
                subs.insert(f[2].into(), parsers[f[1]].add_subparsers(o)?);
            }
            "C" => {
                let mut o = ParserOptions::default();
                let (mut help, mut aliases) = (None, Vec::new());
                for (k, v) in pairs(&f[4..]) {
                    match k {
                        "help" => help = Some(Str::new(v)),
                        "aliases" => aliases = v.split(',').map(Str::new).collect(),
                        _ => o.description = Some(Str::new(v)),
                    }
                }
                let p = subs[f[1]].add_parser(f[3], help, &aliases, o)?;
                parsers.insert(f[2].into(), p);
            }
            "D" => parsers[f[1]].set_defaults(vec![(f[2], literal(f[3]))]),
            _ => {}
        }
    }
    Ok(parsers["p"].clone())
}

/// Runs in a child of its own, since output goes to the real streams.
fn run(_op: &str, a: &[Arg]) -> R<String> {
    let spec = a[0].str();
    let argv = a[1].str();
    let args: Vec<Str> = if argv.is_empty() { vec![] } else { argv.as_str().split('\x1f').map(Str::new).collect() };
    rt::out::capture(true);
    let result: R<Str> = (|| {
        let p = build(&spec)?;
        Ok(if a[2].bool() { p.parse_known_args(Some(args))?.repr() } else { p.parse_args(Some(args))?.repr() })
    })();
    let (out, err) = rt::out::captured();
    rt::out::capture(false);
    match result {
        Ok(text) => Ok(format!("-\n{text}\n{out}\n{err}")),
        Err(e) if e.is(&rt::exc::SystemExit) => Ok(format!("{}\n\n{out}\n{err}", e.exit_status().0)),
        Err(e) => Err(e),
    }
}
