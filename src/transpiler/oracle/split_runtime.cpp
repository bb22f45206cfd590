#include "transpiler/split_runtime.h"

#include "transpiler/oracle/rust_text.h"

namespace sov::transpiler {
namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

/// Macros that modules share: of another crate only exported ones can be named.
void export_macros(std::string& runtime) {
  constexpr std::string_view kShared = "pub(crate) use ", kMacro = "macro_rules! ";
  size_t at = 0;
  while ((at = runtime.find(kShared, at)) != std::string::npos) {
    const size_t begin = at + kShared.size();
    const std::string name = runtime.substr(begin, runtime.find(';', begin) - begin);
    at = begin;
    const size_t macro = runtime.find(std::string(kMacro) + name + " ");
    if (macro == std::string::npos) continue;
    constexpr std::string_view kExport = "#[macro_export] ";
    runtime.insert(macro, kExport);
    if (macro < at) at += kExport.size();
  }
}

}  // namespace

std::optional<SplitRust> split_runtime(std::string_view rust) {
  constexpr std::string_view kOpen = "\nmod rt {";
  const size_t begin = program_end(rust);
  if (begin == rust.size()) return std::nullopt;
  const size_t end = rust.rfind('}');
  if (end == std::string_view::npos || end < begin + kOpen.size()) return std::nullopt;
  SplitRust out{std::string(rust.substr(0, begin)) + "\nextern crate rt;\n",
                std::string(rust.substr(begin + kOpen.size(), end - begin - kOpen.size()))};
  replace_all(out.runtime, "crate::rt::", "crate::");
  export_macros(out.runtime);
  replace_all(out.runtime, "pub(crate)", "pub");
  return out;
}

}  // namespace sov::transpiler
