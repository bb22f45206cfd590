#include "transpiler/ast.h"

#include <cstring>

namespace sov::transpiler {

std::string_view Tree::keep(std::string_view text) {
  if (text.empty()) return {};
  char* out = static_cast<char*>(memory_->allocate(text.size(), 1));
  std::memcpy(out, text.data(), text.size());
  return {out, text.size()};
}

std::string_view kind_name(Kind kind) {
  constexpr std::string_view kNames[] = {
#define NODE(name, group) #name,
#include "transpiler/node.def"
#undef NODE
  };
  return kNames[static_cast<size_t>(kind)];
}

std::string_view op_name(Op op) {
  constexpr std::string_view kNames[] = {
#define OPERATOR(name, written) #name,
#include "transpiler/operators.def"
#undef OPERATOR
  };
  return kNames[static_cast<size_t>(op)];
}

std::string_view op_symbol(Op op) {
  constexpr std::string_view kSymbols[] = {
#define OPERATOR(name, written) written,
#include "transpiler/operators.def"
#undef OPERATOR
  };
  return kSymbols[static_cast<size_t>(op)];
}

}  // namespace sov::transpiler
