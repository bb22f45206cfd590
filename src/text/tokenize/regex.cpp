#include "text/tokenize/regex.h"

#include <algorithm>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace sov::text {
namespace {

// Enough for any pre-tokenizer in use on megabytes of text; a hostile pattern ends in well under a second.
constexpr uint32_t kMatchLimit = 10'000'000;
constexpr uint32_t kHeapLimitKiB = 256 * 1024;
// A group that repeats over a megabyte needs some tens of bytes a time; pages are taken as they are used.
constexpr size_t kJitStackBytes = 32 * 1024, kMaxJitStackBytes = size_t{128} << 20;

// White_Space, as \s means there: PCRE2's own \s takes U+180E too, which has not been white since
// Unicode 6.3.
constexpr std::string_view kSpaces =
    R"(\x09-\x0D\x20\x{85}\x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000})";
constexpr std::string_view kOthers =
    R"(\x00-\x08\x0E-\x1F\x21-\x{84}\x{86}-\x{9F}\x{A1}-\x{167F}\x{1681}-\x{1FFF}\x{200B}-\x{2027}\x{202A}-\x{202E}\x{2030}-\x{205E}\x{2060}-\x{2FFF}\x{3001}-\x{D7FF}\x{E000}-\x{10FFFF})";

/// The length of an option group's "(?" and letters, as in "(?i:" and "(?m-x)"; 0 where there is none.
size_t option_letters(std::string_view rest) {
  if (!rest.starts_with("(?")) return 0;
  const size_t end = std::min(rest.find_first_not_of("imx-", 2), rest.size());
  return end > 2 && end < rest.size() && (rest[end] == ':' || rest[end] == ')') ? end : 0;
}

/// The pattern in PCRE2's words: \s and \S written out, the option m, by which the dot matches line feeds, as
/// s. Errors: unsupported for what PCRE2 would take for something else.
Result<std::string> translated(std::string_view pattern) {
  std::string out;
  int depth = 0;  // of character classes
  const auto refuse = [&](std::string_view what) {
    return fail(Code::unsupported, "regular expression '{}': {}", pattern, what);
  };
  for (size_t i = 0; i < pattern.size(); i++) {
    const std::string_view rest = pattern.substr(i);
    const bool escape = rest[0] == '\\' && rest.size() > 1;
    const char escaped = escape ? rest[1] : '\0';
    if (escaped == 'h' || escaped == 'H') return refuse("hexadecimal digits as \\h");
    if (escaped == 's' || escaped == 'S') {
      if (depth == 0) out += escaped == 's' ? "[" : "[^";
      out += depth > 0 && escaped == 'S' ? kOthers : kSpaces;
      if (depth == 0) out += ']';
      i++;
      continue;
    }
    if (const size_t length = depth == 0 ? option_letters(rest) : 0; length > 0) {
      for (char c : rest.substr(0, length)) out += c == 'm' ? 's' : c;
      i += length - 1;
      continue;
    }
    if (depth > 0 && rest.starts_with("&&")) return refuse("intersections of classes");
    if (depth == 1 && rest[0] == '[' && !rest.starts_with("[:")) return refuse("classes in classes");
    out += rest[0];
    if (escape) out += pattern[++i];
    if (rest[0] == '[') depth++;
    if (rest[0] == ']' && depth > 0) depth--;
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
  TRY(const std::string spelled, translated(pattern));
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
  // Only for a match that needs more than the JIT's 32 KiB of the thread's stack.
  std::unique_ptr<pcre2_jit_stack, Freer<pcre2_jit_stack_free>> stack;
  std::unique_ptr<pcre2_match_context, Freer<pcre2_match_context_free>> limits;

  int find(const Regex::Compiled& regex, std::string_view text, size_t from) {
    return pcre2_match(regex.code.get(), reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), from,
                       PCRE2_NO_UTF_CHECK, match.get(), limits ? limits.get() : regex.limits.get());
  }

  void enlarge_stack(const Regex::Compiled& regex) {
    stack.reset(pcre2_jit_stack_create(kJitStackBytes, kMaxJitStackBytes, nullptr));
    limits.reset(pcre2_match_context_copy(regex.limits.get()));
    pcre2_jit_stack_assign(limits.get(), nullptr, stack.get());
  }
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
  int count = state_->find(*regex_.compiled_, text, from);
  if (count == PCRE2_ERROR_JIT_STACKLIMIT && !state_->stack) {
    state_->enlarge_stack(*regex_.compiled_);
    count = state_->find(*regex_.compiled_, text, from);
  }
  // Fewer slots than groups gives 0: still a match.
  if (count < 0) return std::nullopt;
  const size_t* span = pcre2_get_ovector_pointer(state_->match.get());
  // \K may report a match that starts before `from` or ends before it starts.
  if (span[0] < from || span[1] < span[0]) return std::nullopt;
  return std::pair{span[0], span[1]};
}

}  // namespace sov::text
