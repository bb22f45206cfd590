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

// print.cpp
/// str(value).
Result<std::string> to_text(Runtime& rt, const Value& value);
/// repr(value).
Result<std::string> repr(Runtime& rt, const Value& value);
std::string real_text(double value);
std::string escape_html(std::string_view text);
/// What stands for a value beside text that is marked safe: itself when it is safe too, else escaped.
Result<std::string> to_safe_text(Runtime& rt, const Value& value);
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

// format.cpp
/// pattern % arguments.
Result<Value> percent_format(Runtime& rt, const std::string& pattern, const Value& arguments);
/// pattern.format(*positional, **named).
Result<Value> brace_format(Runtime& rt, const std::string& pattern, const Args& args);

// attributes.cpp
/// value.name: the attribute, else the item, else undefined.
Result<Value> get_attribute(Runtime& rt, const Value& value, const std::string& name);
/// value[key]: the item, else the attribute, else undefined.
Result<Value> get_item(Runtime& rt, const Value& value, const Value& key);
Result<Value> get_slice(Runtime& rt, const Value& value, const Value& start, const Value& stop,
                        const Value& step);
Result<Value> call(Runtime& rt, const Value& callee, Args args);

// methods.cpp
/// A method of str, list, tuple or dict bound to its value, or Kind::missing.
Value bound_method(const Value& value, const std::string& name);

// filters.cpp, tests.cpp, globals.cpp
Result<Value> apply_filter(Runtime& rt, const std::string& name, const Value& value, Args args);
Result<bool> apply_test(Runtime& rt, const std::string& name, const Value& value, const Args& args);
/// A global function of the environment, or Kind::missing.
Value global(const std::string& name);

/// The argument at `index` or called `name`, or Kind::missing.
Value argument(const Args& args, size_t index, std::string_view name);
/// The same as an integer. Errors: validation.
Result<int64_t> int_argument(const Args& args, size_t index, std::string_view name, int64_t fallback);

}  // namespace sov::text::jinja
