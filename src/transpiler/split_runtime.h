#pragma once
// A translation as two crates: the runtime it carries, and its own part. rustc then reads the runtime once,
// however often the program's part changes.

#include <optional>
#include <string>
#include <string_view>

namespace sov::transpiler {

struct SplitRust {
  std::string program;  // begins as the file does: places in it are places in the file
  std::string runtime;  // a library crate named rt
};

/// Nothing when the file carries no runtime.
std::optional<SplitRust> split_runtime(std::string_view rust);

}  // namespace sov::transpiler
