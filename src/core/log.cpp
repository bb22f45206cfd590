#include "core/log.h"

#include <chrono>
#include <cstdio>
#include <ctime>

namespace sov {
namespace {

constexpr std::string_view kNames[] = {"error", "warn", "info", "debug"};

/// key=value; strings with blanks or quotes are written as JSON strings.
std::string text_value(const Json& value) {
  if (value.is_string() && value.string().find_first_of(" \t\n\"=") == std::string::npos)
    return value.string();
  return value.dump();
}

}  // namespace

std::string utc_now() {
  const auto now = std::chrono::system_clock::now();
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
  const std::time_t seconds = ms / 1000;
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  return strf("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday,
              utc.tm_hour, utc.tm_min, utc.tm_sec, ms % 1000);
}

std::string Log::line(LogFormat format, std::string_view time, LogLevel level, std::string_view event,
                      Fields fields) {
  const std::string_view name = kNames[static_cast<size_t>(level)];
  if (format == LogFormat::json) {
    Json json = Json::object();
    json.set("time", time).set("level", name).set("event", event);
    for (const auto& [key, value] : fields) json.set(key, value);
    return json.dump();
  }
  std::string out = strf("{} {} {}", time, name, event);
  for (const auto& [key, value] : fields) out += strf(" {}={}", key, text_value(value));
  return out;
}

void Log::write(LogLevel level, std::string_view event, Fields fields) {
  if (!enabled(level)) return;
  const std::string text = line(format_, utc_now(), level, event, fields) + "\n";
  const std::lock_guard lock(mutex_);
  std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace sov
