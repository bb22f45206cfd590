#pragma once
// Which parts of the runtime a program reaches, and the file made of them.

#include <string>
#include <string_view>
#include <vector>

namespace sov::transpiler {

struct EmbeddedFile;

struct RustFile {
  std::string text;
  std::vector<std::string> modules;  // of the runtime, as far as the file holds something of them
};

/// The program's own part with the imports it needs, then `mod rt` with what is reached from it. An item
/// stays when something that stays names it; a method, when its name occurs anywhere; an impl, with its type
/// and its trait. `program`: Rust items whose `use rt::..` lines may name more than is needed.
RustFile with_runtime(std::string_view program, const std::vector<EmbeddedFile>& runtime);

}  // namespace sov::transpiler
