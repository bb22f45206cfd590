# pprint
type PrettyPrinter = pprint::Printer
fn pprint.pprint(object: any, stream: opt[&file] = None, indent: int = 1, width: int = 80, depth: opt[int] = None, compact: bool = False, sort_dicts: bool = True) -> none ! = pprint::Printer { indent: {indent}, width: {width}, depth: {depth}, compact: {compact}, sort_dicts: {sort_dicts} }.pprint(&{object}, {stream})
fn pprint.pp(object: any, stream: opt[&file] = None, indent: int = 1, width: int = 80, depth: opt[int] = None, compact: bool = False, sort_dicts: bool = False) -> none ! = pprint::Printer { indent: {indent}, width: {width}, depth: {depth}, compact: {compact}, sort_dicts: {sort_dicts} }.pprint(&{object}, {stream})
fn pprint.pformat(object: any, indent: int = 1, width: int = 80, depth: opt[int] = None, compact: bool = False, sort_dicts: bool = True) -> str = pprint::Printer { indent: {indent}, width: {width}, depth: {depth}, compact: {compact}, sort_dicts: {sort_dicts} }.pformat(&{object})
class pprint.PrettyPrinter(indent: int = 1, width: int = 80, depth: opt[int] = None, stream: none = None, compact: bool = False, sort_dicts: bool = True) -> PrettyPrinter = { let () = {stream}; pprint::Printer { indent: {indent}, width: {width}, depth: {depth}, compact: {compact}, sort_dicts: {sort_dicts} } }
fn PrettyPrinter.pprint(self, object: any) -> none ! = {self}.pprint(&{object}, None)
fn PrettyPrinter.pformat(self, object: any) -> str = {self}.pformat(&{object})
