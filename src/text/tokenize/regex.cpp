#include "text/tokenize/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace sov::text {
namespace {

// Enough for any pre-tokenizer in use on megabytes of text; a hostile pattern ends in well under a second.
constexpr uint32_t kMatchLimit = 10'000'000;
constexpr uint32_t kHeapLimitKiB = 64 * 1024;

// White_Space, as \s means there: PCRE2's own \s takes U+180E too, which has not been white since
// Unicode 6.3.
constexpr std::string_view kSpaces =
    R"(\x09-\x0D\x20\x{85}\x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000})";
constexpr std::string_view kOthers =
    R"(\x00-\x08\x0E-\x1F\x21-\x{84}\x{86}-\x{9F}\x{A1}-\x{167F}\x{1681}-\x{1FFF}\x{200B}-\x{2027}\x{202A}-\x{202E}\x{2030}-\x{205E}\x{2060}-\x{2FFF}\x{3001}-\x{D7FF}\x{E000}-\x{10FFFF})";

/// The pattern with \s and \S written out.
std::string with_spaces(std::string_view pattern) {
  std::string out;
  int depth = 0;  // of character classes
  for (size_t i = 0; i < pattern.size(); i++) {
    const bool escape = pattern[i] == '\\' && i + 1 < pattern.size();
    const char escaped = escape ? pattern[i + 1] : '\0';
    if (escaped == 's' || escaped == 'S') {
      if (depth == 0) out += escaped == 's' ? "[" : "[^";
      out += depth > 0 && escaped == 'S' ? kOthers : kSpaces;
      if (depth == 0) out += ']';
      i++;
      continue;
    }
    out += pattern[i];
    if (escape) out += pattern[++i];
    if (!escape && pattern[i] == '[' && (depth == 0 || pattern.substr(i).starts_with("[:"))) depth++;
    if (!escape && pattern[i] == ']' && depth > 0) depth--;
  }
  return out;
}

template <auto Free>
struct Freer {
  template <typename T>
  void operator()(T* pointer) const {
    Free(pointer);
  }
};

}  // namespace

struct Regex::Compiled {
  std::unique_ptr<pcre2_code, Freer<pcre2_code_free>> code;
  std::unique_ptr<pcre2_match_context, Freer<pcre2_match_context_free>> limits;
};

Regex::Regex() = default;
Regex::Regex(Regex&&) noexcept = default;
Regex& Regex::operator=(Regex&&) noexcept = default;
Regex::~Regex() = default;

Result<Regex> Regex::compile(std::string_view pattern) {
  const std::string spelled = with_spaces(pattern);
  std::unique_ptr<pcre2_compile_context, Freer<pcre2_compile_context_free>> context(
      pcre2_compile_context_create(nullptr));
  pcre2_set_newline(context.get(), PCRE2_NEWLINE_LF);
  int error = 0;
  size_t offset = 0;
  auto compiled = std::make_unique<Compiled>();
  compiled->code.reset(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(spelled.data()), spelled.size(),
                                     PCRE2_UTF | PCRE2_UCP | PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C,
                                     &error, &offset, context.get()));
  if (!compiled->code) {
    unsigned char reason[256] = {};
    pcre2_get_error_message(error, reason, sizeof reason);
    return fail(Code::unsupported, "regular expression '{}' at {}: {}", pattern, offset,
                reinterpret_cast<const char*>(reason));
  }
  // Without JIT the interpreter is used, which gives the same matches.
  pcre2_jit_compile(compiled->code.get(), PCRE2_JIT_COMPLETE);
  compiled->limits.reset(pcre2_match_context_create(nullptr));
  pcre2_set_match_limit(compiled->limits.get(), kMatchLimit);
  pcre2_set_heap_limit(compiled->limits.get(), kHeapLimitKiB);
  Regex regex;
  regex.compiled_ = std::move(compiled);
  return regex;
}

Regex Regex::literal(std::string_view text) {
  Regex regex;
  regex.literal_ = text;
  return regex;
}

struct RegexSearch::State {
  std::unique_ptr<pcre2_match_data, Freer<pcre2_match_data_free>> match;
};

RegexSearch::RegexSearch(const Regex& regex) : regex_(regex) {
  if (!regex.compiled_) return;
  state_ = std::make_unique<State>();
  state_->match.reset(pcre2_match_data_create(1, nullptr));
}

RegexSearch::~RegexSearch() = default;

std::optional<std::pair<size_t, size_t>> RegexSearch::find(std::string_view text, size_t from) {
  if (!state_) {
    if (regex_.literal_.empty()) return std::nullopt;
    const size_t at = text.find(regex_.literal_, from);
    if (at == std::string_view::npos) return std::nullopt;
    return std::pair{at, at + regex_.literal_.size()};
  }
  const int count =
      pcre2_match(regex_.compiled_->code.get(), reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), from,
                  PCRE2_NO_UTF_CHECK, state_->match.get(), regex_.compiled_->limits.get());
  // Fewer slots than groups gives 0: still a match.
  if (count < 0) return std::nullopt;
  const size_t* span = pcre2_get_ovector_pointer(state_->match.get());
  // \K may report a match that starts before `from` or ends before it starts.
  if (span[0] < from || span[1] < span[0]) return std::nullopt;
  return std::pair{span[0], span[1]};
}

}  // namespace sov::text
