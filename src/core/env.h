#pragma once
// The one table of environment variables. Nothing else in the code calls getenv; `apr env` prints the table.

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sov {

struct EnvVariable {
  std::string_view name;
  std::string_view meaning;
  std::string_view fallback;  // what holds when it is unset
};

std::span<const EnvVariable> env_table();
/// The value of a variable of the table (CHECKed), or nothing when unset or empty.
std::optional<std::string> env(std::string_view name);

}  // namespace sov
