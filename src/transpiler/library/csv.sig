# csv
type DictReader = csv_objects::DictReader
type csvwriter = csv_objects::Writer
type DictWriter = csv_objects::DictWriter
attr csv.excel -> str = Str::lit("excel")
attr csv.excel_tab -> str = Str::lit("excel-tab")
attr csv.unix_dialect -> str = Str::lit("unix")
attr csv.QUOTE_MINIMAL -> int = 0i64
attr csv.QUOTE_ALL -> int = 1i64
attr csv.QUOTE_NONNUMERIC -> int = 2i64
attr csv.QUOTE_NONE -> int = 3i64
attr exceptions.csv.Error -> any = csv::Error
fn csv.reader(source: any, dialect: str = 'excel', delimiter: opt[str] = None, quotechar: opt[str] = None, escapechar: opt[str] = None, doublequote: opt[bool] = None, quoting: opt[int] = None, lineterminator: opt[str] = None, skipinitialspace: opt[bool] = None) -> iter[list[str]] ! = csv_objects::reader(&{source}, csv_objects::dialect(&{dialect}, csv_objects::Given { delimiter: {delimiter}, quotechar: {quotechar}, escapechar: {escapechar}, doublequote: {doublequote}, quoting: {quoting}, lineterminator: {lineterminator}, skipinitialspace: {skipinitialspace} })).map(|rows| glue::PyIter::from_vec(rows.to_vec()))  # uses: files_value
class csv.DictReader(f: any, fieldnames: opt[iter[str]] = None, restkey: none = None, restval: opt[str] = None, dialect: str = 'excel', delimiter: opt[str] = None, quotechar: opt[str] = None, escapechar: opt[str] = None, doublequote: opt[bool] = None, quoting: opt[int] = None, lineterminator: opt[str] = None, skipinitialspace: opt[bool] = None) -> DictReader ! = csv_objects::DictReader::new(&{f}, {fieldnames}, {restval}, csv_objects::dialect(&{dialect}, csv_objects::Given { delimiter: {delimiter}, quotechar: {quotechar}, escapechar: {escapechar}, doublequote: {doublequote}, quoting: {quoting}, lineterminator: {lineterminator}, skipinitialspace: {skipinitialspace} }))  # uses: files_value
attr DictReader.fieldnames -> list[str] = .fieldnames.clone()
attr DictReader.line_num -> int = .line_num()
fn DictReader.__next__(self) -> dict[str, opt[str]] ! = .next
iter DictReader -> dict[str, opt[str]] = {self}.each()
fn csv.writer(file: &file, dialect: str = 'excel', delimiter: opt[str] = None, quotechar: opt[str] = None, escapechar: opt[str] = None, doublequote: opt[bool] = None, quoting: opt[int] = None, lineterminator: opt[str] = None, skipinitialspace: opt[bool] = None) -> csvwriter ! = csv_objects::Writer::new({file}, csv_objects::dialect(&{dialect}, csv_objects::Given { delimiter: {delimiter}, quotechar: {quotechar}, escapechar: {escapechar}, doublequote: {doublequote}, quoting: {quoting}, lineterminator: {lineterminator}, skipinitialspace: {skipinitialspace} }))  # uses: files
fn csvwriter.writerow(self, row: any) -> int ! = {self}.writerow(&{row})
fn csvwriter.writerows(self, rows: any) -> none ! = {self}.writerows(&{rows})
class csv.DictWriter(f: &file, fieldnames: iter[str], restval: any = Value::from(""), extrasaction: str = 'raise', dialect: str = 'excel', delimiter: opt[str] = None, quotechar: opt[str] = None, escapechar: opt[str] = None, doublequote: opt[bool] = None, quoting: opt[int] = None, lineterminator: opt[str] = None, skipinitialspace: opt[bool] = None) -> DictWriter ! = csv_objects::DictWriter::new({f}, {fieldnames}, {restval}, {extrasaction}.as_str() == "ignore", csv_objects::dialect(&{dialect}, csv_objects::Given { delimiter: {delimiter}, quotechar: {quotechar}, escapechar: {escapechar}, doublequote: {doublequote}, quoting: {quoting}, lineterminator: {lineterminator}, skipinitialspace: {skipinitialspace} }))  # uses: files
fn DictWriter.writeheader(self) -> int ! = .writeheader
fn DictWriter.writerow(self, row: any) -> int ! = {self}.writerow(&{row})
fn DictWriter.writerows(self, rows: any) -> none ! = {self}.writerows(&{rows})
fn csv.register_dialect(name: str, dialect: str = 'excel', delimiter: opt[str] = None, quotechar: opt[str] = None, escapechar: opt[str] = None, doublequote: opt[bool] = None, quoting: opt[int] = None, lineterminator: opt[str] = None, skipinitialspace: opt[bool] = None) -> none ! = csv_objects::register_dialect({name}, csv_objects::dialect(&{dialect}, csv_objects::Given { delimiter: {delimiter}, quotechar: {quotechar}, escapechar: {escapechar}, doublequote: {doublequote}, quoting: {quoting}, lineterminator: {lineterminator}, skipinitialspace: {skipinitialspace} }))
fn csv.unregister_dialect(name: &str) -> none ! = csv_objects::unregister_dialect({name})
fn csv.list_dialects() -> list[str] = List::from(csv_objects::list_dialects())  # uses: list
