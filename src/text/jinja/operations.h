#pragma once
// What Python does with values: compare, compute, print, take apart.

#include <string>

#include "text/jinja/object.h"

namespace sov::text::jinja {

// compare.cpp
Result<bool> equal(Runtime& rt, const Value& a, const Value& b);
/// a < b. Errors: validation for values without an order.
Result<bool> less(Runtime& rt, const Value& a, const Value& b);
Result<bool> contains(Runtime& rt, const Value& container, const Value& item);
/// Sets key to value; keys compare as in Python. Errors: validation for unhashable keys.
Result<void> dict_set(Runtime& rt, Dict& dict, const Value& key, Value value);
/// Null when absent.
Result<const Value*> dict_get(Runtime& rt, const Dict& dict, const Value& key);

// arithmetic.cpp
Result<Value> add(Runtime& rt, const Value& a, const Value& b);
Result<Value> subtract(const Value& a, const Value& b);
Result<Value> multiply(Runtime& rt, const Value& a, const Value& b);
Result<Value> divide(const Value& a, const Value& b);
Result<Value> floor_divide(const Value& a, const Value& b);
Result<Value> modulo(Runtime& rt, const Value& a, const Value& b);
Result<Value> power(const Value& a, const Value& b);
Result<Value> negate(const Value& a);
/// Python's integers have no bounds; ours end with this error and never wrap.
tl::unexpected<Error> too_large();
/// int(value) towards zero. Errors: validation for nan and infinity, unsupported beyond 64 bits.
Result<int64_t> truncated(double value);

// print.cpp
/// str(value).
Result<std::string> to_text(Runtime& rt, const Value& value);
/// repr(value).
Result<std::string> repr(Runtime& rt, const Value& value);
std::string real_text(double value);
std::string escape_html(std::string_view text);
/// escape(value): safe text stays, everything else is escaped.
Result<std::string> escaped_text(Runtime& rt, const Value& value);
/// What stands for an argument beside `self`: escaped when self is marked safe, else str(value).
Result<std::string> text_beside(Runtime& rt, const Value& self, const Value& value);
struct JsonStyle {
  bool ensure_ascii = false;
  bool sort_keys = false;
  bool pretty = false;
  std::string indent;
  std::string item_separator = ", ";
  std::string key_separator = ": ";
};
/// json.dumps(value). Errors: validation for what JSON cannot hold.
Result<std::string> to_json(Runtime& rt, const Value& value, const JsonStyle& style);

// percent_format.cpp
/// pattern % arguments.
Result<Value> percent_format(Runtime& rt, const Value& pattern, const Value& arguments);
// brace_format.cpp
/// pattern.format(*positional, **named).
Result<Value> brace_format(Runtime& rt, const Value& pattern, const Args& args);
/// format(value, spec).
Result<std::string> format_value(Runtime& rt, const Value& value, const std::string& spec);

// attributes.cpp
/// value.name: the attribute, else the item, else undefined.
Result<Value> get_attribute(Runtime& rt, const Value& value, const std::string& name);
/// value[key]: the item, else the attribute, else undefined.
Result<Value> get_item(Runtime& rt, const Value& value, const Value& key);
Result<Value> get_slice(Runtime& rt, const Value& value, const Value& start, const Value& stop,
                        const Value& step);
Result<Value> call(Runtime& rt, const Value& callee, Args args);

/// value[key] of a tuple, list, str or range by position; Kind::missing outside.
Result<Value> sequence_item(Runtime& rt, const Value& value, int64_t index);

// methods.cpp
/// A method or attribute of a builtin value, or Kind::missing.
Value bound_method(Runtime& rt, const Value& value, const std::string& name);
/// Whether Python has an attribute of this name which the immutable sandbox hides.
bool is_unsafe_attribute(const Value& value, std::string_view name);

// filters.cpp, tests.cpp, globals.cpp
using FilterId = int;  // -1: no such filter
FilterId find_filter(std::string_view name);
Result<Value> apply_filter(Runtime& rt, FilterId filter, const Value& value, const Args& args);
/// By a name that is known only now. Errors: corrupt when there is none.
Result<Value> apply_filter(Runtime& rt, const std::string& name, const Value& value, const Args& args);
using TestId = int;
TestId find_test(std::string_view name);
Result<bool> apply_test(Runtime& rt, TestId test, const Value& value, const Args& args);
Result<bool> apply_test(Runtime& rt, const std::string& name, const Value& value, const Args& args);
/// A global function of the environment, or Kind::missing.
Value global(Runtime& rt, const std::string& name);

}  // namespace sov::text::jinja
