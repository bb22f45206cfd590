// Whatever parses must print, and be translated or refused, without reading outside its bounds.

#include "transpiler/parser.h"
#include "transpiler/transpile.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  auto tree = sov::transpiler::parse_python("fuzz.py", text);
  if (!tree) return 0;
  static_cast<void>(sov::transpiler::dump_ast(*tree->module, sov::transpiler::Positions::yes).has_value());
  static_cast<void>(sov::transpiler::transpile(*tree, {}).has_value());
  return 0;
}
