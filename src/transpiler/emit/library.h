#pragma once
// The tables of the library (library/*.sig): signatures of Python's modules and the Rust that stands for
// each.

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "transpiler/types.h"

namespace sov::transpiler {

/// A type as a table writes it: "list[&str]".
struct SigType {
  std::string name;  // "int", "T", "list", "opt", "func", "datetime.date"
  std::vector<SigType> args;
  bool reference = false;
};

struct SigParam {
  std::string name;
  SigType type;
  std::optional<std::string> fallback;
  bool star = false, double_star = false;
};

enum class EntryKind { function, method, constructor, attribute, operation, iteration, type };

struct LibraryEntry {
  EntryKind kind = EntryKind::function;
  std::string name;   // "math.sqrt", "date.strftime"; the operator of an operation
  std::string owner;  // of a method or attribute: the type
  std::vector<SigParam> params;
  SigType result;
  bool raises = false;
  std::string body;
  std::vector<std::string> uses;
};

class Library {
 public:
  /// All tables that are built in, read once.
  static const Library& built_in();

  const LibraryEntry* function(const std::string& path) const;
  const LibraryEntry* method(const std::string& type, std::string_view name) const;
  /// All rows of the function or method that `entry` is one of, in the order of the tables.
  std::span<const LibraryEntry> rows(const LibraryEntry& entry) const;
  const LibraryEntry* attribute(const std::string& owner, std::string_view name) const;
  /// The attributes of a module that are plain numbers and texts.
  std::vector<const LibraryEntry*> constants_of(const std::string& module) const;
  const LibraryEntry* operation(std::string_view op, const std::string& left, const std::string& right) const;
  const std::vector<LibraryEntry>& operations() const { return operations_; }
  bool has_operation(std::string_view op, std::string_view type) const;
  const LibraryEntry* iteration(const std::string& type) const;
  /// Number of an opaque type, or -1; and back.
  int32_t type_number(std::string_view name) const;
  const LibraryEntry& type(int32_t number) const { return types_[static_cast<size_t>(number)]; }
  bool has_module(const std::string& name) const;
  /// Errors in the tables, for the test.
  const std::vector<std::string>& problems() const { return problems_; }

 private:
  void read(std::string_view file, std::string_view text);
  void read_line(std::string_view line);
  std::map<std::string, LibraryEntry, std::less<>> attributes_, iterations_;
  std::map<std::string, std::vector<LibraryEntry>, std::less<>> functions_, methods_;
  std::vector<LibraryEntry> operations_, types_;
  std::map<std::string, int32_t, std::less<>> type_numbers_;
  std::map<std::string, bool, std::less<>> modules_;
  std::vector<std::string> problems_;
};

struct EmbeddedFile {
  std::string_view name;  // stem
  std::string_view text;
};
/// The runtime's modules, the tables and the classes in Python, as they were when the program was built
/// (embedded.cpp is generated).
std::vector<EmbeddedFile> embedded_runtime();
std::vector<EmbeddedFile> embedded_library();
std::vector<EmbeddedFile> embedded_classes();

}  // namespace sov::transpiler
