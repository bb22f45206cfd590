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
use std::rc::Rc;

/// The keyword arguments that all share.
pub fn dialect(delimiter: &str, quotechar: &str, quoting: i64, lineterminator: &Str, skipinitialspace: bool) -> Dialect {
    Dialect {
        delimiter: delimiter.chars().next().unwrap_or(','),
        quotechar: quotechar.chars().next(),
        quoting: match quoting {
            1 => Quoting::All,
            2 => Quoting::Nonnumeric,
            3 => Quoting::None,
            _ => Quoting::Minimal,
        },
        lineterminator: lineterminator.clone(),
        skipinitialspace,
        ..Dialect::default()
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

pub fn reader(source: &Value, d: &Dialect) -> R<List<List<Str>>> {
    Ok(csv::reader(lines_of(source)?, d)?.into_iter().map(List::from).collect())
}

/// Rows of a `DictReader`, its field names, and how many lines it has read.
#[derive(Clone)]
pub struct DictReader {
    pub fieldnames: List<Str>,
    rows: Rc<Vec<csv::DictRow>>,
    read: Rc<std::cell::Cell<i64>>,
}
impl DictReader {
    pub fn new(source: &Value, names: Option<List<Str>>, d: &Dialect) -> R<DictReader> {
        let rows = csv::numbered(lines_of(source)?, d)?;
        let header = if names.is_none() { rows.first().map_or(0, |r| r.1) } else { 0 };
        let (names, rows) = csv::dict_rows(rows, names.map(|n| n.to_vec()));
        Ok(DictReader {
            fieldnames: List::from(names),
            rows: Rc::new(rows),
            read: Rc::new(std::cell::Cell::new(header)),
        })
    }
    pub fn line_num(&self) -> i64 {
        self.read.get()
    }
    pub fn each(&self) -> impl Iterator<Item = Dict<Str, Option<Str>>> {
        let (rows, read) = (self.rows.clone(), self.read.clone());
        (0..rows.len()).map(move |i| {
            read.set(rows[i].1);
            Dict::from(rows[i].0.clone())
        })
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
    pub fn new(file: &File, dialect: Dialect) -> Writer {
        Writer { file: file.clone(), dialect: Rc::new(dialect) }
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
    pub fn new(file: &File, fieldnames: List<Str>, restval: Value, ignore_extra: bool, dialect: Dialect) -> DictWriter {
        DictWriter { writer: Writer::new(file, dialect), fieldnames, restval, ignore_extra }
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
