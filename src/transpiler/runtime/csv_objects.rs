//! needs: csv, exc, files, list, dict, pystr, traits, value, convert, value_items
//! `csv.reader`, `csv.writer`, `csv.DictReader`, `csv.DictWriter` on files and lists of lines.
use super::csv::{self, Cell, Dialect, Quoting};
use super::dict::Dict;
use super::exc::{self, R};
use super::files::File;
use super::list::List;
use super::pystr::Str;
use super::traits::*;
use super::value::Value;
use std::cell::RefCell;
use std::rc::Rc;

/// The keyword arguments that all share; those left out are the dialect's.
#[derive(Default)]
pub struct Given {
    pub delimiter: Option<Str>,
    pub quotechar: Option<Str>,
    pub escapechar: Option<Str>,
    pub doublequote: Option<bool>,
    pub quoting: Option<i64>,
    pub lineterminator: Option<Str>,
    pub skipinitialspace: Option<bool>,
}

fn one(name: &str, text: &Str) -> R<char> {
    let mut chars = text.as_str().chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(c),
        _ => Err(exc::new(&exc::TypeError, format!("\"{name}\" must be a 1-character string"))),
    }
}

thread_local! {
    static REGISTERED: RefCell<Vec<(Str, Dialect)>> = const { RefCell::new(Vec::new()) };
}

/// `register_dialect(name, dialect, **words)`.
pub fn register_dialect(name: Str, dialect: R<Dialect>) -> R<()> {
    let d = dialect?;
    REGISTERED.with_borrow_mut(|all| match all.iter_mut().find(|e| e.0 == name) {
        Some(e) => e.1 = d,
        None => all.push((name, d)),
    });
    Ok(())
}
pub fn unregister_dialect(name: &Str) -> R<()> {
    let known = REGISTERED.with_borrow_mut(|all| {
        let before = all.len();
        all.retain(|e| e.0 != *name);
        all.len() < before
    });
    if known { Ok(()) } else { Err(exc::new(&csv::Error, "unknown dialect")) }
}
pub fn list_dialects() -> Vec<Str> {
    let built_in = ["excel", "excel-tab", "unix"].map(Str::lit);
    let more = REGISTERED.with_borrow(|all| all.iter().map(|e| e.0.clone()).collect::<Vec<_>>());
    let new = more.into_iter().filter(|n| !built_in.contains(n)).collect::<Vec<_>>();
    built_in.iter().cloned().chain(new).collect()
}

fn named(dialect: &Str) -> R<Dialect> {
    if let Some(d) = REGISTERED.with_borrow(|all| all.iter().find(|e| e.0 == *dialect).map(|e| e.1.clone())) {
        return Ok(d);
    }
    Ok(match dialect.as_str() {
        "excel" => Dialect::default(),
        "excel-tab" => Dialect { delimiter: '\t', ..Dialect::default() },
        "unix" => Dialect { quoting: Quoting::All, lineterminator: Str::lit("\n"), ..Dialect::default() },
        _ => return Err(exc::new(&csv::Error, "unknown dialect")),
    })
}

pub fn dialect(name: &Str, given: Given) -> R<Dialect> {
    let mut d = named(name)?;
    if let Some(x) = &given.delimiter {
        d.delimiter = one("delimiter", x)?;
    }
    if let Some(x) = &given.quotechar {
        d.quotechar = Some(one("quotechar", x)?);
    }
    if let Some(x) = &given.escapechar {
        d.escapechar = Some(one("escapechar", x)?);
    }
    d.quoting = match given.quoting {
        None => d.quoting,
        Some(0) => Quoting::Minimal,
        Some(1) => Quoting::All,
        Some(2) => Quoting::Nonnumeric,
        Some(3) => Quoting::None,
        Some(_) => return Err(exc::new(&exc::TypeError, "bad \"quoting\" value")),
    };
    d.doublequote = given.doublequote.unwrap_or(d.doublequote);
    d.skipinitialspace = given.skipinitialspace.unwrap_or(d.skipinitialspace);
    d.lineterminator = given.lineterminator.unwrap_or(d.lineterminator);
    Ok(d)
}

/// Cells are texts here: those that QUOTE_NONNUMERIC makes floats of are not.
fn texts_only(d: &Dialect) -> R<()> {
    match d.quoting {
        Quoting::Nonnumeric => Err(exc::new(&exc::NotImplementedError, "reading with QUOTE_NONNUMERIC is not translated")),
        _ => Ok(()),
    }
}

/// Lines of a file object or of any iterable of strings.
fn lines_of(source: &Value) -> R<Vec<Str>> {
    if let Value::Obj(o) = source {
        if let Some(f) = o.as_any().downcast_ref::<File>() {
            return f.lines().collect();
        }
    }
    Ok(super::value_items::to_vec(source)?.iter().map(|v| v.to_str()).collect())
}

pub fn reader(source: &Value, dialect: R<Dialect>) -> R<List<List<Str>>> {
    let d = &dialect?;
    texts_only(d)?;
    Ok(csv::reader(lines_of(source)?, d)?.into_iter().map(List::from).collect())
}

/// Rows of a `DictReader`, its field names, and how many lines it has read.
#[derive(Clone)]
pub struct DictReader {
    pub fieldnames: List<Str>,
    rows: Rc<Vec<csv::DictRow>>,
    at: Rc<std::cell::Cell<usize>>,
    read: Rc<std::cell::Cell<i64>>,
}
impl DictReader {
    pub fn new(source: &Value, names: Option<Vec<Str>>, restval: Option<Str>, dialect: R<Dialect>) -> R<DictReader> {
        let d = &dialect?;
        texts_only(d)?;
        let rows = csv::numbered(lines_of(source)?, d)?;
        let header = if names.is_none() { rows.first().map_or(0, |r| r.1) } else { 0 };
        let (names, rows) = csv::dict_rows(rows, names, restval);
        Ok(DictReader {
            fieldnames: List::from(names),
            rows: Rc::new(rows),
            at: Rc::new(std::cell::Cell::new(0)),
            read: Rc::new(std::cell::Cell::new(header)),
        })
    }
    pub fn line_num(&self) -> i64 {
        self.read.get()
    }
    fn row(&self) -> Option<Dict<Str, Option<Str>>> {
        let row = self.rows.get(self.at.get())?;
        self.at.set(self.at.get() + 1);
        self.read.set(row.1);
        Some(Dict::from(row.0.clone()))
    }
    /// Goes on where the last loop stopped.
    pub fn each(&self) -> impl Iterator<Item = Dict<Str, Option<Str>>> {
        let reader = self.clone();
        std::iter::from_fn(move || reader.row())
    }
    pub fn next(&self) -> R<Dict<Str, Option<Str>>> {
        self.row().ok_or_else(|| exc::bare(&exc::StopIteration))
    }
}

fn cell(v: &Value) -> Cell {
    let numeric = matches!(v, Value::Int(_) | Value::Float(_) | Value::Bool(_));
    Cell { text: if v.is_none() { Str::lit("") } else { v.to_str() }, numeric }
}

#[derive(Clone)]
pub struct Writer {
    file: File,
    dialect: Rc<Dialect>,
}
impl Writer {
    pub fn new(file: &File, dialect: R<Dialect>) -> R<Writer> {
        Ok(Writer { file: file.clone(), dialect: Rc::new(dialect?) })
    }
    pub fn writerow(&self, row: &Value) -> R<i64> {
        let cells: Vec<Cell> = super::value_items::to_vec(row)?.iter().map(cell).collect();
        self.file.write(&csv::row_text(&cells, &self.dialect)?)
    }
    pub fn writerows(&self, rows: &Value) -> R<()> {
        super::value_items::to_vec(rows)?.iter().try_for_each(|r| self.writerow(r).map(|_| ()))
    }
}

#[derive(Clone)]
pub struct DictWriter {
    writer: Writer,
    fieldnames: List<Str>,
    /// What stands for a missing key; unknown keys are ignored instead of refused.
    restval: Value,
    ignore_extra: bool,
}
impl DictWriter {
    pub fn new(
        file: &File, fieldnames: Vec<Str>, restval: Value, ignore_extra: bool, dialect: R<Dialect>,
    ) -> R<DictWriter> {
        let writer = Writer::new(file, dialect)?;
        Ok(DictWriter { writer, fieldnames: List::from(fieldnames), restval, ignore_extra })
    }
    pub fn writeheader(&self) -> R<i64> {
        self.writer.writerow(&Value::list(self.fieldnames.iter().map(Value::Str).collect()))
    }
    pub fn writerow(&self, row: &Value) -> R<i64> {
        let Value::Dict(d) = row else {
            return Err(exc::new(&exc::TypeError, "unsupported: a row that is no dict"));
        };
        let extra: Vec<Str> = d
            .keys()
            .into_iter()
            .filter(|k| !matches!(k, Value::Str(s) if self.fieldnames.contains(s)))
            .map(|k| k.repr())
            .collect();
        if !extra.is_empty() && !self.ignore_extra {
            let names = Str::lit(", ").join(&extra);
            return Err(exc::new(&exc::ValueError, format!("dict contains fields not in fieldnames: {names}")));
        }
        let cells = self.fieldnames.iter().map(|n| d.get_or(&Value::Str(n), self.restval.clone())).collect();
        self.writer.writerow(&Value::list(cells))
    }
    pub fn writerows(&self, rows: &Value) -> R<()> {
        super::value_items::to_vec(rows)?.iter().try_for_each(|r| self.writerow(r).map(|_| ()))
    }
}
