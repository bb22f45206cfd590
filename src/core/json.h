#pragma once
// JSON as a value that keeps key order. Parsing is done by nlohmann-json's event parser (json.cpp only).

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/result.h"

namespace sov {

class Json {
 public:
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  using Object = std::vector<Member>;
  enum class Kind { null, boolean, integer, unsigned_integer, real, string, array, object };

  Json() = default;
  Json(std::nullptr_t) {}
  Json(bool v) : value_(v) {}
  Json(int v) : value_(static_cast<int64_t>(v)) {}
  Json(int64_t v) : value_(v) {}
  /// Stored as a signed integer when it fits, so equal numbers compare equal.
  Json(uint64_t v);
  Json(double v) : value_(v) {}
  Json(const char* v) : value_(std::string(v)) {}
  Json(std::string_view v) : value_(std::string(v)) {}
  Json(std::string v) : value_(std::move(v)) {}
  Json(Array v) : value_(std::move(v)) {}
  Json(Object v) : value_(std::move(v)) {}
  static Json array() { return Array{}; }
  static Json object() { return Object{}; }

  Kind kind() const { return static_cast<Kind>(value_.index()); }
  bool is_null() const { return kind() == Kind::null; }
  bool is_bool() const { return kind() == Kind::boolean; }
  bool is_integer() const { return kind() == Kind::integer || kind() == Kind::unsigned_integer; }
  bool is_number() const { return is_integer() || kind() == Kind::real; }
  bool is_string() const { return kind() == Kind::string; }
  bool is_array() const { return kind() == Kind::array; }
  bool is_object() const { return kind() == Kind::object; }
  /// "null", "boolean", "number", "string", "array" or "object", for messages.
  std::string_view kind_name() const;
  /// The same in a sentence: "null", "a number", "an array".
  std::string_view kind_phrase() const;

  // Unchecked accessors: the kind must match (CHECKed).
  bool boolean() const;
  int64_t integer() const;            // CHECKs that it fits
  uint64_t unsigned_integer() const;  // CHECKs that it is not negative
  double number() const;              // any number
  const std::string& string() const;
  const Array& items() const;
  const Object& members() const;
  Array& items();
  Object& members();

  /// The member's value, or nullptr when this is no object or has no such key.
  const Json* find(std::string_view key) const;
  /// Typed lookups for input. Errors: not_found (named key), corrupt (wanted a string, got a number).
  Result<std::string> get_string(std::string_view key) const;
  Result<int64_t> get_int(std::string_view key) const;
  Result<double> get_number(std::string_view key) const;
  Result<bool> get_bool(std::string_view key) const;
  /// The same with a default for an absent or null key; a wrong kind is still an error.
  Result<std::string> string_or(std::string_view key, std::string fallback) const;
  Result<int64_t> int_or(std::string_view key, int64_t fallback) const;
  Result<double> number_or(std::string_view key, double fallback) const;
  Result<bool> bool_or(std::string_view key, bool fallback) const;

  /// Sets or appends a member (this must be an object or null, which becomes one). Returns *this for
  /// chaining.
  Json& set(std::string_view key, Json value);
  /// Appends an item (array, or null which becomes one).
  Json& push(Json value);

  bool operator==(const Json& other) const = default;

  /// Compact when indent < 0. Numbers print shortest round-trip; non-finite ones print null; invalid UTF-8 is
  /// replaced by U+FFFD, so the output is always valid JSON.
  std::string dump(int indent = -1) const;

 private:
  std::variant<std::monostate, bool, int64_t, uint64_t, double, std::string, Array, Object> value_;
};

/// The member's value, or null (a shared one) when `json` is no object or has no such key.
const Json& member(const Json& json, std::string_view key);

struct JsonLimits {
  int max_depth = 128;
  bool reject_duplicate_keys = true;
  /// Values of all kinds in the document; one takes some 40 bytes, however short its text.
  uint64_t max_values = uint64_t{1} << 24;
};

/// Errors: corrupt with the byte offset and what was expected; also invalid UTF-8, NUL bytes, nesting,
/// duplicate keys, too many values.
Result<Json> parse_json(std::string_view text, const JsonLimits& limits = {});

/// Where a text lies, for messages.
struct JsonSource {
  std::string_view file;
  uint64_t offset = 0;    // of the text in the file
  std::string_view what;  // "header", or empty
};
/// The same, with errors worded "FILE @0x1c: WHAT: wanted JSON, got PROBLEM".
Result<Json> parse_json(std::string_view text, const JsonSource& source, const JsonLimits& limits = {});

}  // namespace sov
