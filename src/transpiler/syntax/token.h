#pragma once
// Tokens and the tokenizer.

#include <cstdint>
#include <string_view>
#include <vector>

#include "transpiler/source.h"

namespace sov::transpiler {

enum class T : uint8_t {
  end,
  newline,
  indent,
  dedent,
  name,
  number,
  string,  // prefix and quotes included
#define MARK(name, spelling) name,
#define WORD(name, spelling) name,
#include "transpiler/syntax/token.def"
#undef MARK
#undef WORD
};

struct Token {
  T kind = T::end;
  uint32_t begin = 0, end = 0;  // bytes of the source
  uint32_t line = 1, column = 0, end_line = 1, end_column = 0;
};

/// What a token is called in a message: "'if'", "a name", "the end of the line".
std::string_view token_phrase(T kind);

/// Part of a source: all of it, or the expression inside the braces of an f-string, where line ends do not
/// count.
struct TokenRange {
  uint32_t begin = 0, end = 0;
  uint32_t line = 1;
  bool inside_brackets = false;
};

/// All tokens, the last one `end`. Errors: corrupt, with place and hint.
/// Source: The Python Language Reference 3.11, chapter 2.
Result<std::vector<Token>> tokenize(const SourceText& source, const TokenRange& range);

}  // namespace sov::transpiler
