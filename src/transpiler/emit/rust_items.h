#pragma once
// Rust text cut into its items, with the names that each one defines and mentions: enough to leave out what a
// program does not reach. Not a Rust parser: it knows the style of runtime/*.rs and of what the translator
// writes.

#include <string>
#include <string_view>
#include <vector>

namespace sov::transpiler {

/// A name where it stands: `qualifier::name`, `.name` or `name`.
struct RustName {
  std::string_view name, qualifier;
  bool method = false;    // after a dot
  bool absolute = false;  // the qualifier itself stands after `super::` or `rt::`
};

/// One name that a `use` brings in.
struct RustImport {
  std::string_view name;               // as it is called here; "*" for all
  std::vector<std::string_view> path;  // without `super` and `rt`; `self` is left out
  bool ours = false;                   // of the runtime, not of std
  bool exported = false;               // `pub use`
};

enum class RustKind : unsigned char { use, function, type, trait, constant, impl, macro, macro_call, other };

struct RustItem {
  RustKind kind = RustKind::other;
  std::string_view text;  // with its attributes
  std::vector<std::string_view> defines;
  std::vector<RustName> mentions;  // of macros and their calls at once; of others see mentions_of
  // use: what it brings in, and the words before the braces ("pub use super::exc::").
  std::vector<RustImport> imports;
  std::string_view visibility;
  // impl and trait: the parts of the head, and the items within the braces.
  std::string_view trait, self_type;
  std::vector<RustName> head;
  std::string_view opening;
  std::vector<RustItem> members;
};

/// Comments are allowed in the text and belong to no item; `//!` and `#![..]` lines are skipped.
std::vector<RustItem> rust_items(std::string_view text);

/// All names in an item that is no `use`, impl or trait; looked for when first asked, because most items of
/// the runtime are never asked.
const std::vector<RustName>& mentions_of(RustItem& item);

}  // namespace sov::transpiler
