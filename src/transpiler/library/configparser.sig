# configparser
type ConfigParser = configparser::ConfigParser
type SectionProxy = configparser::Section
type Interpolation = configparser_text::Interpolation
class configparser.BasicInterpolation() -> Interpolation = { rt::configparser_text::Interpolation::Basic }
class configparser.ExtendedInterpolation() -> Interpolation = { rt::configparser_text::Interpolation::Extended }
class configparser.ConfigParser(defaults: any = None, delimiters: iter[str] = vec![Str::lit("="), Str::lit(":")], comment_prefixes: iter[str] = vec![Str::lit("#"), Str::lit(";")], inline_comment_prefixes: opt[iter[str]] = None, strict: bool = True, empty_lines_in_values: bool = True, default_section: str = 'DEFAULT', interpolation: opt[Interpolation] = rt::configparser_text::Interpolation::Basic) -> ConfigParser ! = configparser::ConfigParser::new(configparser_text::Dialect { delimiters: {delimiters}, comments: {comment_prefixes}, inline: {inline_comment_prefixes}.unwrap_or_default(), strict: {strict}, empty_lines: {empty_lines_in_values}, default_section: {default_section}, interpolation: {interpolation}.unwrap_or(configparser_text::Interpolation::None) }, &{defaults})
class configparser.RawConfigParser(defaults: any = None, delimiters: iter[str] = vec![Str::lit("="), Str::lit(":")], comment_prefixes: iter[str] = vec![Str::lit("#"), Str::lit(";")], inline_comment_prefixes: opt[iter[str]] = None, strict: bool = True, empty_lines_in_values: bool = True, default_section: str = 'DEFAULT') -> ConfigParser ! = configparser::ConfigParser::new(configparser_text::Dialect { delimiters: {delimiters}, comments: {comment_prefixes}, inline: {inline_comment_prefixes}.unwrap_or_default(), strict: {strict}, empty_lines: {empty_lines_in_values}, default_section: {default_section}, interpolation: configparser_text::Interpolation::None }, &{defaults})
attr ConfigParser.default_section -> str = .default_section()
fn ConfigParser.__set_optionxform__(self, f: any) -> none = .set_optionxform
fn ConfigParser.optionxform(self, optionstr: &str) -> str ! = .optionxform
fn ConfigParser.read_string(self, string: &str, source: str = '<string>') -> none ! = {self}.read_string({string}, &{source})
fn ConfigParser.read_dict(self, dictionary: any, source: str = '<dict>') -> none ! = {self}.read_dict(&{dictionary})
fn ConfigParser.read_file(self, f: &file, source: opt[&str] = None) -> none ! = {self}.read_file({f}, {source})
fn ConfigParser.read_file(self, f: iter[str], source: str = '<???>') -> none ! = {self}.read_lines(&{f}, &{source})
fn ConfigParser.read(self, filenames: any, encoding: opt[&str] = None) -> list[str] ! = {self}.read(&{filenames}, {encoding}).map(List::from)  # uses: list
fn ConfigParser.write(self, fp: &file, space_around_delimiters: bool = True) -> none ! = .write
fn ConfigParser.sections(self) -> list[str] = List::from({self}.sections())  # uses: list
fn ConfigParser.keys(self) -> list[str] = List::from({self}.names())  # uses: list
fn ConfigParser.options(self, section: &str) -> list[str] ! = {self}.option_names({section}).map(List::from)  # uses: list
fn ConfigParser.defaults(self) -> dict[str, str] = .defaults
fn ConfigParser.has_section(self, section: &str) -> bool = .has_section
fn ConfigParser.has_option(self, section: &str, option: &str) -> bool ! = .has_option
fn ConfigParser.add_section(self, section: &str) -> none ! = .add_section
fn ConfigParser.remove_section(self, section: &str) -> bool = .remove_section
fn ConfigParser.remove_option(self, section: &str, option: &str) -> bool ! = .remove_option
fn ConfigParser.clear(self) -> none = .clear
fn ConfigParser.set(self, section: &str, option: &str, value: any) -> none ! = {self}.set({section}, {option}, &{value})
fn ConfigParser.items(self) -> list[tuple[str, SectionProxy]] = List::from({self}.section_items())  # uses: list
fn ConfigParser.items(self, section: &str, raw: bool = False, vars: any = None) -> list[tuple[str, str]] ! = {self}.items({section}, {raw}, &{vars}).map(List::from)  # uses: list
fn ConfigParser.get(self, section: &str, option: &str, raw: bool = False, vars: any = None) -> str ! = {self}.get({section}, {option}, {raw}, &{vars})
fn ConfigParser.get(self, section: &str, option: &str, raw: bool = False, vars: any = None, fallback: str) -> str ! = {self}.find({section}, {option}, {raw}, &{vars}).map(|found| found.unwrap_or({fallback}))
fn ConfigParser.get(self, section: &str, option: &str, raw: bool = False, vars: any = None, fallback: none) -> opt[str] ! = {self}.find({section}, {option}, {raw}, &{vars})
fn ConfigParser.get(self, section: &str, option: &str, raw: bool = False, vars: any = None, fallback: any) -> any ! = {self}.find({section}, {option}, {raw}, &{vars}).map(|found| found.map_or({fallback}, Value::Str))
fn ConfigParser.getint(self, section: &str, option: &str) -> int ! = {self}.get({section}, {option}, false, &Default::default()).and_then(|s| configparser::int(&s))
fn ConfigParser.getint(self, section: &str, option: &str, fallback: int) -> int ! = {self}.find({section}, {option}, false, &Default::default()).and_then(|s| s.map_or(Ok({fallback}), |s| configparser::int(&s)))
fn ConfigParser.getint(self, section: &str, option: &str, fallback: none) -> opt[int] ! = {self}.find({section}, {option}, false, &Default::default()).and_then(|s| s.map(|s| configparser::int(&s)).transpose())
fn ConfigParser.getint(self, section: &str, option: &str, fallback: any) -> any ! = {self}.find({section}, {option}, false, &Default::default()).and_then(|s| s.map_or(Ok({fallback}), |s| configparser::int(&s).map(Value::from)))
fn ConfigParser.getfloat(self, section: &str, option: &str) -> float ! = {self}.get({section}, {option}, false, &Default::default()).and_then(|s| configparser::float(&s))
fn ConfigParser.getfloat(self, section: &str, option: &str, fallback: int) -> any ! = {self}.find({section}, {option}, false, &Default::default()).and_then(|s| s.map_or(Ok(Value::from({fallback})), |s| configparser::float(&s).map(Value::Float)))
fn ConfigParser.getfloat(self, section: &str, option: &str, fallback: float) -> float ! = {self}.find({section}, {option}, false, &Default::default()).and_then(|s| s.map_or(Ok({fallback}), |s| configparser::float(&s)))
fn ConfigParser.getfloat(self, section: &str, option: &str, fallback: none) -> opt[float] ! = {self}.find({section}, {option}, false, &Default::default()).and_then(|s| s.map(|s| configparser::float(&s)).transpose())
fn ConfigParser.getfloat(self, section: &str, option: &str, fallback: any) -> any ! = {self}.find({section}, {option}, false, &Default::default()).and_then(|s| s.map_or(Ok({fallback}), |s| configparser::float(&s).map(Value::Float)))
fn ConfigParser.getboolean(self, section: &str, option: &str) -> bool ! = {self}.get({section}, {option}, false, &Default::default()).and_then(|s| configparser::boolean(&s))
fn ConfigParser.getboolean(self, section: &str, option: &str, fallback: bool) -> bool ! = {self}.find({section}, {option}, false, &Default::default()).and_then(|s| s.map_or(Ok({fallback}), |s| configparser::boolean(&s)))
fn ConfigParser.getboolean(self, section: &str, option: &str, fallback: none) -> opt[bool] ! = {self}.find({section}, {option}, false, &Default::default()).and_then(|s| s.map(|s| configparser::boolean(&s)).transpose())
fn ConfigParser.getboolean(self, section: &str, option: &str, fallback: any) -> any ! = {self}.find({section}, {option}, false, &Default::default()).and_then(|s| s.map_or(Ok({fallback}), |s| configparser::boolean(&s).map(Value::Bool)))
fn ConfigParser.__len__(self) -> int = .len
fn ConfigParser.__contains__(self, key: &str) -> bool = .contains
fn ConfigParser.__getitem__(self, key: &str) -> SectionProxy ! = .section
fn ConfigParser.__setitem__(self, key: &str, value: any) -> none ! = {self}.set_section({key}, &{value})
fn ConfigParser.__delitem__(self, key: &str) -> none ! = .del
iter ConfigParser -> str = {self}.names()
attr SectionProxy.name -> str = .name.clone()
fn SectionProxy.get(self, option: &str, raw: bool = False, vars: any = None) -> opt[str] ! = {self}.find({option}, {raw}, &{vars})
fn SectionProxy.get(self, option: &str, fallback: str, raw: bool = False, vars: any = None) -> str ! = {self}.find({option}, {raw}, &{vars}).map(|found| found.unwrap_or({fallback}))
fn SectionProxy.get(self, option: &str, fallback: none, raw: bool = False, vars: any = None) -> opt[str] ! = {self}.find({option}, {raw}, &{vars})
fn SectionProxy.get(self, option: &str, fallback: any, raw: bool = False, vars: any = None) -> any ! = {self}.find({option}, {raw}, &{vars}).map(|found| found.map_or({fallback}, Value::Str))
fn SectionProxy.getint(self, option: &str) -> opt[int] ! = {self}.find({option}, false, &Default::default()).and_then(|s| s.map(|s| configparser::int(&s)).transpose())
fn SectionProxy.getint(self, option: &str, fallback: int) -> int ! = {self}.find({option}, false, &Default::default()).and_then(|s| s.map_or(Ok({fallback}), |s| configparser::int(&s)))
fn SectionProxy.getint(self, option: &str, fallback: any) -> any ! = {self}.find({option}, false, &Default::default()).and_then(|s| s.map_or(Ok({fallback}), |s| configparser::int(&s).map(Value::from)))
fn SectionProxy.getfloat(self, option: &str) -> opt[float] ! = {self}.find({option}, false, &Default::default()).and_then(|s| s.map(|s| configparser::float(&s)).transpose())
fn SectionProxy.getfloat(self, option: &str, fallback: int) -> any ! = {self}.find({option}, false, &Default::default()).and_then(|s| s.map_or(Ok(Value::from({fallback})), |s| configparser::float(&s).map(Value::Float)))
fn SectionProxy.getfloat(self, option: &str, fallback: float) -> float ! = {self}.find({option}, false, &Default::default()).and_then(|s| s.map_or(Ok({fallback}), |s| configparser::float(&s)))
fn SectionProxy.getfloat(self, option: &str, fallback: any) -> any ! = {self}.find({option}, false, &Default::default()).and_then(|s| s.map_or(Ok({fallback}), |s| configparser::float(&s).map(Value::Float)))
fn SectionProxy.getboolean(self, option: &str) -> opt[bool] ! = {self}.find({option}, false, &Default::default()).and_then(|s| s.map(|s| configparser::boolean(&s)).transpose())
fn SectionProxy.getboolean(self, option: &str, fallback: bool) -> bool ! = {self}.find({option}, false, &Default::default()).and_then(|s| s.map_or(Ok({fallback}), |s| configparser::boolean(&s)))
fn SectionProxy.getboolean(self, option: &str, fallback: any) -> any ! = {self}.find({option}, false, &Default::default()).and_then(|s| s.map_or(Ok({fallback}), |s| configparser::boolean(&s).map(Value::Bool)))
fn SectionProxy.keys(self) -> list[str] ! = {self}.names().map(List::from)  # uses: list
fn SectionProxy.values(self) -> list[str] ! = {self}.values().map(List::from)  # uses: list
fn SectionProxy.items(self) -> list[tuple[str, str]] ! = {self}.items().map(List::from)  # uses: list
fn SectionProxy.__len__(self) -> int = .len
fn SectionProxy.__contains__(self, key: &str) -> bool ! = .contains
fn SectionProxy.__getitem__(self, key: &str) -> str ! = .item
fn SectionProxy.__setitem__(self, key: &str, value: any) -> none ! = {self}.set({key}, &{value})
fn SectionProxy.__delitem__(self, key: &str) -> none ! = .del
iter SectionProxy -> str = {self}.names().unwrap_or_default()
attr exceptions.configparser.Error -> any = configparser::Error
attr exceptions.configparser.NoSectionError -> any = configparser::NoSectionError
attr exceptions.configparser.NoOptionError -> any = configparser::NoOptionError
attr exceptions.configparser.DuplicateSectionError -> any = configparser::DuplicateSectionError
attr exceptions.configparser.DuplicateOptionError -> any = configparser::DuplicateOptionError
attr exceptions.configparser.ParsingError -> any = configparser_text::ParsingError
attr exceptions.configparser.MissingSectionHeaderError -> any = configparser_text::MissingSectionHeaderError
attr exceptions.configparser.InterpolationError -> any = configparser_text::InterpolationError
attr exceptions.configparser.InterpolationDepthError -> any = configparser_text::InterpolationDepthError
attr exceptions.configparser.InterpolationMissingOptionError -> any = configparser_text::InterpolationMissingOptionError
attr exceptions.configparser.InterpolationSyntaxError -> any = configparser_text::InterpolationSyntaxError
attr exc.section -> str ! = configparser::error_part(&{self}, "section")
attr exc.option -> str ! = configparser::error_part(&{self}, "option")
