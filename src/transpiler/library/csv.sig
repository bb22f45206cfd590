# csv
type DictReader = csv_objects::DictReader
type csvwriter = csv_objects::Writer
type DictWriter = csv_objects::DictWriter
attr csv.QUOTE_MINIMAL -> int = 0i64
attr csv.QUOTE_ALL -> int = 1i64
attr csv.QUOTE_NONNUMERIC -> int = 2i64
attr csv.QUOTE_NONE -> int = 3i64
attr exceptions.csv.Error -> any = csv::Error
fn csv.reader(source: any, delimiter: str = ',', quotechar: str = Str::lit("\""), quoting: int = 0, skipinitialspace: bool = False) -> iter[list[str]] ! = csv_objects::reader(&{source}, &csv_objects::dialect(&{delimiter}, &{quotechar}, {quoting}, &Str::lit("\r\n"), {skipinitialspace})).map(|rows| glue::PyIter::from_vec(rows.to_vec()))  # uses: files_value
class csv.DictReader(f: any, fieldnames: opt[iter[str]] = None, delimiter: str = ',', quotechar: str = Str::lit("\"")) -> DictReader ! = csv_objects::DictReader::new(&{f}, {fieldnames}.map(rt::list::List::from), &csv_objects::dialect(&{delimiter}, &{quotechar}, 0, &Str::lit("\r\n"), false))  # uses: files_value
attr DictReader.fieldnames -> list[str] = .fieldnames.clone()
attr DictReader.line_num -> int = .line_num()
iter DictReader -> dict[str, opt[str]] = {self}.each()
fn csv.writer(file: &file, delimiter: str = ',', quotechar: str = Str::lit("\""), quoting: int = 0, lineterminator: str = '\r\n') -> csvwriter = csv_objects::Writer::new({file}, csv_objects::dialect(&{delimiter}, &{quotechar}, {quoting}, &{lineterminator}, false))  # uses: files
fn csvwriter.writerow(self, row: any) -> int ! = {self}.writerow(&{row})
fn csvwriter.writerows(self, rows: any) -> none ! = {self}.writerows(&{rows})
class csv.DictWriter(f: &file, fieldnames: iter[str], restval: any = Value::from(""), extrasaction: str = 'raise', delimiter: str = ',', quotechar: str = Str::lit("\""), quoting: int = 0, lineterminator: str = '\r\n') -> DictWriter = csv_objects::DictWriter::new({f}, rt::list::List::from({fieldnames}), {restval}, {extrasaction}.as_str() == "ignore", csv_objects::dialect(&{delimiter}, &{quotechar}, {quoting}, &{lineterminator}, false))  # uses: files
fn DictWriter.writeheader(self) -> int ! = .writeheader
fn DictWriter.writerow(self, row: any) -> int ! = {self}.writerow(&{row})
fn DictWriter.writerows(self, rows: any) -> none ! = {self}.writerows(&{rows})
