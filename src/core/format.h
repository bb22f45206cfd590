#pragma once
// Text formatting with {fmt}'s syntax. The library's heavy part is compiled once, in format.cpp.

#include <fmt/core.h>
#include <string>
#include <utility>

namespace sov {

std::string vformat_text(fmt::string_view pattern, fmt::format_args args);

/// Formats like std::format (the name differs so that argument-dependent lookup never finds std's); the
/// pattern is checked at compile time.
template <typename... Args>
std::string strf(fmt::format_string<Args...> pattern, Args&&... args) {
  return vformat_text(pattern, fmt::make_format_args(args...));
}

}  // namespace sov
