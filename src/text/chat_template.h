#pragma once
// Chat templates: Jinja as transformers configures it (trim_blocks, lstrip_blocks, its globals and filters).

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/json.h"
#include "core/result.h"

namespace sov::text {

struct RenderLimits {
  uint64_t max_steps = 10'000'000;  // evaluated nodes; a hostile template ends with `exhausted`
  uint64_t max_output_bytes = 64U << 20;
  int max_depth = 200;
  int64_t now_seconds = -1;  // clock for strftime_now (UTC seconds); -1: the real one
};

/// A parsed template. Threads: const calls are safe.
class ChatTemplate {
 public:
  /// name: what messages call the template. Errors: corrupt with line and column; unsupported: include,
  /// import and extends; exhausted: nested too deeply or too long.
  static Result<ChatTemplate> parse(std::string_view source, std::string_view name = "template");

  ChatTemplate(ChatTemplate&&) noexcept;
  ChatTemplate& operator=(ChatTemplate&&) noexcept;
  ~ChatTemplate();

  /// context: {"messages": [...], "tools": [...] or absent, "add_generation_prompt": bool, "bos_token": ...,
  /// ...}. Errors, each with the line: validation when the template calls raise_exception (its message) or
  /// misuses a value; unsupported for what only Python can do (integers beyond 64 bits, printing an address);
  /// exhausted.
  Result<std::string> render(const Json& context, const RenderLimits& limits = {}) const;

  struct Impl;

 private:
  explicit ChatTemplate(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sov::text
