#pragma once
// Structured logging to stderr: one line per event, as text or as JSON. Results go to stdout, never here.

#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "core/json.h"

namespace sov {

enum class LogLevel { error, warn, info, debug };
enum class LogFormat { text, json };

/// Passed to whoever logs; writes whole lines. Threads: all calls are safe.
class Log {
 public:
  using Fields = std::initializer_list<std::pair<std::string_view, Json>>;

  explicit Log(LogLevel level = LogLevel::warn, LogFormat format = LogFormat::text)
      : level_(level), format_(format) {}

  void error(std::string_view event, Fields fields = {}) { write(LogLevel::error, event, fields); }
  void warn(std::string_view event, Fields fields = {}) { write(LogLevel::warn, event, fields); }
  void info(std::string_view event, Fields fields = {}) { write(LogLevel::info, event, fields); }
  void debug(std::string_view event, Fields fields = {}) { write(LogLevel::debug, event, fields); }
  bool enabled(LogLevel level) const { return level <= level_; }

  /// One line without its end, e.g. `2026-01-02T03:04:05.678Z warn model loaded bytes=12`.
  static std::string line(LogFormat format, std::string_view time, LogLevel level, std::string_view event,
                          Fields fields);

 private:
  void write(LogLevel level, std::string_view event, Fields fields);
  LogLevel level_;
  LogFormat format_;
  std::mutex mutex_;
};

/// Now in UTC, ISO 8601 with milliseconds.
std::string utc_now();

}  // namespace sov
