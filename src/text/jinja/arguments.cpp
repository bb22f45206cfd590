#include "text/jinja/arguments.h"

#include <algorithm>

namespace sov::text::jinja {
namespace {

struct Parameter {
  std::string_view name;
  bool required = false;
  bool positional_only = false;
};

Parameter read(std::string_view text) {
  Parameter parameter;
  for (; !text.empty() && (text[0] == '!' || text[0] == '/'); text.remove_prefix(1)) {
    parameter.required = parameter.required || text[0] == '!';
    parameter.positional_only = parameter.positional_only || text[0] == '/';
  }
  parameter.name = text;
  return parameter;
}

}  // namespace

Result<Bound> bind_arguments(std::string_view function, std::span<const std::string_view> parameters,
                             const Args& args) {
  if (args.positional.size() > parameters.size()) {
    return misuse("{}: wanted at most {} argument(s), got {}", function, parameters.size(),
                  args.positional.size());
  }
  Bound bound = args.positional;
  bound.resize(parameters.size());
  for (const auto& [name, value] : args.named) {
    const auto it = std::find_if(parameters.begin(), parameters.end(), [&name](std::string_view text) {
      const Parameter parameter = read(text);
      return !parameter.positional_only && parameter.name == name;
    });
    if (it == parameters.end()) return misuse("{}: unexpected keyword argument '{}'", function, name);
    Value& slot = bound[static_cast<size_t>(it - parameters.begin())];
    if (!slot.is_missing()) return misuse("{}: got multiple values for argument '{}'", function, name);
    slot = value;
  }
  for (size_t i = 0; i < parameters.size(); i++) {
    const Parameter parameter = read(parameters[i]);
    if (parameter.required && bound[i].is_missing()) {
      return misuse("{}: missing argument '{}'", function, parameter.name);
    }
  }
  return bound;
}

Result<int64_t> int_or(const Value& value, std::string_view name, int64_t fallback) {
  if (value.is_missing()) return fallback;
  if (value.is_undefined()) return undefined_error(value);
  if (!value.is_integral()) return misuse("{}: wanted an integer, got {}", name, type_name(value));
  return value.integer();
}

Result<std::string> text_of(const Value& value, std::string_view name) {
  if (!value.is_string()) return misuse("{}: wanted a str, got {}", name, type_name(value));
  return value.text();
}

}  // namespace sov::text::jinja
