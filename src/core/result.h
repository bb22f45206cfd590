#pragma once
// Errors are values. Result<T> carries a T or an Error: a code, one line saying what, where, wanted and got,
// and the context added on the way up. docs/errors.md lists the codes and their exit statuses.

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

#include "core/format.h"

namespace sov {

enum class Code {
  internal,        // a defect of ours, or anything without a better name
  usage,           // the command line or an argument is wrong
  not_found,       // a file, tensor, model or key that was named does not exist
  corrupt,         // bytes that break their format's rules
  validation,      // a check or gate failed; also refusing to overwrite
  model,           // well-formed file, but no loadable model: missing tensor, wrong shape
  io,              // the operating system refused a read or write
  inference,       // failed while computing
  unsupported,     // not built, or a variant that we do not handle
  network,         // the other side could not be reached or broke off
  http_not_found,  // the other side answered 404
  exhausted,       // a budget (memory, context, time, output) ran out
  cancelled,       // stopped on request
};

/// The word printed for a code, e.g. "corrupt".
std::string_view code_name(Code code);
/// The same as one word for programs, e.g. "not_found".
std::string_view code_id(Code code);
/// The process exit status for a code (the table in docs/errors.md).
int exit_status(Code code);

class Error {
 public:
  Error(Code code, std::string message) : code_(code), message_(std::move(message)) {}

  Code code() const { return code_; }
  const std::string& message() const { return message_; }
  /// Prefixes one layer of context: "loading tokenizer: <message>".
  Error with(std::string_view context) const { return {code_, strf("{}: {}", context, message_)}; }
  /// "corrupt: loading tokenizer: ..." as shown to the user.
  std::string text() const { return strf("{}: {}", code_name(code_), message_); }

 private:
  Code code_;
  std::string message_;
};

template <typename T = void>
using Result = tl::expected<T, Error>;

/// fail(Code::corrupt, "{} @{:#x}: wanted {}, got {}", ...) -> something any Result<T> can be made from.
template <typename... Args>
tl::unexpected<Error> fail(Code code, fmt::format_string<Args...> pattern, Args&&... args) {
  return tl::unexpected<Error>(Error(code, vformat_text(pattern, fmt::make_format_args(args...))));
}
inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }

/// Adds context to a failed result, once per layer: `TRY(x, with(load(path), "loading tokenizer"));`
template <typename T>
Result<T> with(Result<T> result, std::string_view context) {
  if (result) return result;
  return tl::unexpected<Error>(result.error().with(context));
}

}  // namespace sov

#define SOV_CONCAT_(a, b) a##b
#define SOV_CONCAT(a, b) SOV_CONCAT_(a, b)
/// TRY(auto x, expr): x = *expr, or return the error.   TRY(expr): for Result<void>.
#define TRY_1(expr)                                                           \
  do {                                                                        \
    auto try_result = (expr);                                                 \
    if (!try_result) return tl::unexpected<::sov::Error>(try_result.error()); \
  } while (false)
#define TRY_2(decl, expr)                                                           \
  auto SOV_CONCAT(try_result_, __LINE__) = (expr);                                  \
  if (!SOV_CONCAT(try_result_, __LINE__))                                           \
    return tl::unexpected<::sov::Error>(SOV_CONCAT(try_result_, __LINE__).error()); \
  decl = std::move(*SOV_CONCAT(try_result_, __LINE__))
#define TRY_PICK(a, b, name, ...) name
#define TRY(...) TRY_PICK(__VA_ARGS__, TRY_2, TRY_1, )(__VA_ARGS__)
