# json
fn json.dumps(obj: any, indent: any = None, separators: opt[tuple[str, str]] = None, sort_keys: bool = False, ensure_ascii: bool = True, default: any = None, skipkeys: bool = False, allow_nan: bool = True) -> str ! = json::dumps_py(&{obj}, &{indent}, {separators}, {sort_keys}, {ensure_ascii}, &{default}, {skipkeys}, {allow_nan})
fn json.dump(obj: any, fp: &file, indent: any = None, separators: opt[tuple[str, str]] = None, sort_keys: bool = False, ensure_ascii: bool = True, default: any = None, skipkeys: bool = False, allow_nan: bool = True) -> none ! = json::dumps_py(&{obj}, &{indent}, {separators}, {sort_keys}, {ensure_ascii}, &{default}, {skipkeys}, {allow_nan}).and_then(|s| ({fp}).write(&s)).map(|_| ())  # uses: files
fn json.loads(s: any, object_hook: any = None, parse_float: any = None, parse_int: any = None, strict: bool = True) -> any ! = json::loads_py(&{s}, &{object_hook}, &{parse_float}, &{parse_int})
fn json.loads(s: any, object_pairs_hook: any) -> any ! = json::loads_pairs(&{s}, &{object_pairs_hook})
fn json.load(fp: &file, object_hook: any = None, parse_float: any = None, parse_int: any = None) -> any ! = ({fp}).read(None).and_then(|s| json::loads_py(&Value::Str(s), &{object_hook}, &{parse_float}, &{parse_int}))  # uses: files
attr exceptions.JSONDecodeError -> any = json::JSONDecodeError
fn json.load(fp: &binfile, object_hook: any = None) -> any ! = ({fp}).read_bytes(None).and_then(|b| json::loads_py(&Value::Bytes(b), &{object_hook}, &Value::None, &Value::None))  # uses: files
