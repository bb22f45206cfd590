#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/line_editor.h"
#include "core/terminal.h"

namespace sov {
namespace {

constexpr size_t kMaxEntries = 1000;

/// One entry a line: newline and backslash are written \n and \\.
std::string escaped(std::string_view entry) {
  std::string out;
  for (char c : entry) {
    if (c == '\n')
      out += "\\n";
    else if (c == '\\')
      out += "\\\\";
    else
      out += c;
  }
  return out;
}

std::string unescaped(std::string_view line) {
  std::string out;
  for (size_t i = 0; i < line.size(); i++) {
    if (line[i] != '\\' || i + 1 == line.size()) {
      out += line[i];
      continue;
    }
    i++;
    out += line[i] == 'n' ? '\n' : line[i];
  }
  return out;
}

}  // namespace

Result<History> History::open(std::filesystem::path path) {
  History history;
  history.path_ = std::move(path);
  std::error_code ignored;  // a missing folder shows when writing
  std::filesystem::create_directories(history.path_.parent_path(), ignored);
  if (!std::filesystem::exists(history.path_, ignored)) return history;
  TRY(const std::string text, read_text(history.path_, 64U << 20));
  std::string_view rest = text;
  while (!rest.empty()) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    if (end > 0) history.entries_.push_back(unescaped(rest.substr(0, end)));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (history.entries_.size() > kMaxEntries) {
    history.entries_.erase(history.entries_.begin(), history.entries_.end() - kMaxEntries);
  }
  return history;
}

Result<> History::add(const std::string& entry) {
  if (entry.find_first_not_of(" \t\n") == std::string::npos) return {};
  if (!entries_.empty() && entries_.back() == entry) return {};
  entries_.push_back(entry);
  if (path_.empty()) return {};
  const int fd = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (fd < 0) return fail(Code::io, "{}: {}", path_.string(), std::strerror(errno));
  Output out(fd);
  const Result<> written = out.write_now(escaped(entry) + "\n");
  ::close(fd);
  return with(written, path_.string());
}

}  // namespace sov
