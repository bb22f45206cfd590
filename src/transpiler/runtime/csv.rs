//! needs: exc, pystr
//! `csv`: reading and writing rows. Source: Python 3.11 library reference, csv.
use super::exc::{self, Class, R};
use super::pystr::Str;

#[allow(non_upper_case_globals)]
pub static Error: Class = Class::new("Error", &exc::Exception);

#[derive(Clone, Copy, PartialEq)]
pub enum Quoting {
    Minimal,
    All,
    Nonnumeric,
    None,
}

#[derive(Clone)]
pub struct Dialect {
    pub delimiter: char,
    pub quotechar: Option<char>,
    pub escapechar: Option<char>,
    pub doublequote: bool,
    pub skipinitialspace: bool,
    pub lineterminator: Str,
    pub quoting: Quoting,
}
impl Default for Dialect {
    fn default() -> Self {
        Dialect {
            delimiter: ',',
            quotechar: Some('"'),
            escapechar: None,
            doublequote: true,
            skipinitialspace: false,
            lineterminator: Str::lit("\r\n"),
            quoting: Quoting::Minimal,
        }
    }
}

#[derive(PartialEq)]
enum State {
    Start,
    StartField,
    Plain,
    Quoted,
    QuoteInQuoted,
    Escape(bool),
}

/// `csv.reader(lines)`: quoted fields may run over several lines.
pub fn reader(lines: impl IntoIterator<Item = Str>, d: &Dialect) -> R<Vec<Vec<Str>>> {
    Ok(numbered(lines, d)?.into_iter().map(|(row, _)| row).collect())
}
/// Rows, and how many lines had been read when each ended.
pub fn numbered(lines: impl IntoIterator<Item = Str>, d: &Dialect) -> R<Vec<(Vec<Str>, i64)>> {
    let mut rows = Vec::new();
    let mut read = 0;
    let mut row: Vec<Str> = Vec::new();
    let mut field = String::new();
    let mut state = State::Start;
    for line in lines {
        read += 1;
        for c in line.as_str().chars().chain(['\0']) {
            step(c, &mut state, &mut row, &mut field, d)?;
        }
        if state == State::Start {
            rows.push((std::mem::take(&mut row), read));
        }
    }
    if state != State::Start {
        row.push(Str::from(field));
        rows.push((row, read));
    }
    Ok(rows)
}

/// `\0` ends a line.
fn step(c: char, state: &mut State, row: &mut Vec<Str>, field: &mut String, d: &Dialect) -> R<()> {
    let end = matches!(c, '\n' | '\r' | '\0');
    let mut save = |field: &mut String| row.push(Str::from(std::mem::take(field)));
    let quotes = d.quoting != Quoting::None;
    match state {
        State::Start if end => {}
        State::Start | State::StartField => {
            if end {
                save(field);
                *state = State::Start;
            } else if Some(c) == d.quotechar && quotes {
                *state = State::Quoted;
            } else if Some(c) == d.escapechar {
                *state = State::Escape(false);
            } else if c == ' ' && d.skipinitialspace {
                *state = State::StartField;
            } else if c == d.delimiter {
                save(field);
                *state = State::StartField;
            } else {
                field.push(c);
                *state = State::Plain;
            }
        }
        State::Plain | State::QuoteInQuoted => {
            if *state == State::QuoteInQuoted && Some(c) == d.quotechar && d.doublequote {
                field.push(c);
                *state = State::Quoted;
            } else if end {
                save(field);
                *state = State::Start;
            } else if c == d.delimiter {
                save(field);
                *state = State::StartField;
            } else if *state == State::Plain && Some(c) == d.escapechar {
                *state = State::Escape(false);
            } else {
                field.push(c);
                *state = State::Plain;
            }
        }
        State::Quoted => {
            if c == '\0' {
            } else if Some(c) == d.escapechar {
                *state = State::Escape(true);
            } else if Some(c) == d.quotechar && quotes {
                *state = if d.doublequote { State::QuoteInQuoted } else { State::Plain };
            } else {
                field.push(c);
            }
        }
        State::Escape(quoted) => {
            if c != '\0' {
                field.push(c);
            }
            *state = if *quoted { State::Quoted } else { State::Plain };
        }
    }
    Ok(())
}

/// A cell: its text, and whether it is a number (for QUOTE_NONNUMERIC). None is written as nothing.
pub struct Cell {
    pub text: Str,
    pub numeric: bool,
}

/// One row of `csv.writer`, line end included.
pub fn row_text(cells: &[Cell], d: &Dialect) -> R<Str> {
    let mut out = String::new();
    for (i, cell) in cells.iter().enumerate() {
        if i > 0 {
            out.push(d.delimiter);
        }
        let text = cell.text.as_str();
        let special = |c: char| {
            c == d.delimiter || Some(c) == d.quotechar || Some(c) == d.escapechar || c == '\n' || c == '\r'
                || d.lineterminator.as_str().contains(c)
        };
        // What gets the escape character needs no quotes around the cell.
        let escaped = |c: char| {
            Some(c) == d.escapechar || (Some(c) == d.quotechar && !d.doublequote) || d.quoting == Quoting::None
        };
        let quoted = match d.quoting {
            Quoting::All => true,
            Quoting::Nonnumeric => !cell.numeric,
            Quoting::None => false,
            Quoting::Minimal => {
                text.contains(|c| special(c) && !escaped(c)) || (text.is_empty() && cells.len() == 1)
            }
        };
        let q = d.quotechar.unwrap_or('"');
        if quoted {
            out.push(q);
        }
        for c in text.chars() {
            if special(c) && !escaped(c) && Some(c) == d.quotechar {
                out.push(q);
            } else if special(c) && escaped(c) {
                match d.escapechar {
                    Some(e) => out.push(e),
                    None => return Err(exc::new(&Error, "need to escape, but no escapechar set")),
                }
            }
            out.push(c);
        }
        if quoted {
            out.push(q);
        }
    }
    out.push_str(d.lineterminator.as_str());
    Ok(Str::from(out))
}

/// A row by field names, and how many lines had been read when it ended.
pub type DictRow = (Vec<(Str, Option<Str>)>, i64);

/// Rows as dictionaries' pairs: field names with values, `restval` for those that lack. Cells beyond the names are
/// left out.
pub fn dict_rows(rows: Vec<(Vec<Str>, i64)>, names: Option<Vec<Str>>, restval: Option<Str>) -> (Vec<Str>, Vec<DictRow>) {
    let mut it = rows.into_iter();
    let names = names.unwrap_or_else(|| it.next().map(|(row, _)| row).unwrap_or_default());
    let pairs = |r: Vec<Str>| names.iter().enumerate().map(|(i, n)| (n.clone(), r.get(i).cloned().or(restval.clone()))).collect();
    let made = it.filter(|(r, _)| !r.is_empty()).map(|(r, end)| (pairs(r), end)).collect();
    (names, made)
}
