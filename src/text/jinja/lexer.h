#pragma once
// Template text to tokens, with white space control as trim_blocks and lstrip_blocks ask for.

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace sov::text::jinja {

enum class TokenKind {
  data,
  block_begin,
  block_end,
  variable_begin,
  variable_end,
  name,
  string,
  integer,
  real,
  op,  // text: the operator
  end,
};

struct Token {
  TokenKind kind;
  int line;
  int column;
  std::string text;  // data, name, unescaped string, operator
  int64_t integer = 0;
  double real = 0;
};

/// Errors: corrupt with line and column.
Result<std::vector<Token>> tokenize(std::string_view source);

/// The value of a string literal's content. Errors: corrupt, with what is wrong.
Result<std::string> unescape(std::string_view content);

}  // namespace sov::text::jinja
