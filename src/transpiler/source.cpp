#include "transpiler/source.h"

#include <algorithm>
#include <iconv.h>
#include <optional>

#include "core/text_width.h"
#include "core/utf8.h"

namespace sov::transpiler {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";
constexpr uint64_t kMaxBytes = uint64_t{1} << 30;

/// The encoding named by a comment line, as PEP 263's expression `^[ \t\f]*#.*?coding[:=][
/// \t]*([-_.a-zA-Z0-9]+)` finds it.
std::optional<std::string> named_encoding(std::string_view line) {
  const size_t start = line.find_first_not_of(" \t\f");
  if (start == std::string_view::npos || line[start] != '#') return std::nullopt;
  for (size_t at = line.find("coding", start); at != std::string_view::npos;
       at = line.find("coding", at + 1)) {
    size_t i = at + 6;
    if (i >= line.size() || (line[i] != ':' && line[i] != '=')) continue;
    i = std::min(line.find_first_not_of(" \t", i + 1), line.size());
    const auto is_name = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
             c == '_' || c == '.';
    };
    std::string name;
    for (; i < line.size() && is_name(line[i]); ++i)
      name += line[i] == '_' ? '-' : static_cast<char>(line[i] | 0x20);
    if (!name.empty()) return name;
  }
  return std::nullopt;
}

bool blank_or_comment(std::string_view line) {
  const size_t start = line.find_first_not_of(" \t\f\r");
  return start == std::string_view::npos || line[start] == '#';
}

std::optional<std::string> declared_encoding(std::string_view bytes) {
  for (int number = 0; number < 2 && !bytes.empty(); ++number) {
    const size_t end = std::min(bytes.find_first_of("\r\n"), bytes.size());
    const std::string_view line = bytes.substr(0, end);
    if (const auto name = named_encoding(line)) return name;
    if (!blank_or_comment(line)) return std::nullopt;
    const size_t skip = end + (bytes.substr(end).starts_with("\r\n") ? 2 : 1);
    bytes.remove_prefix(std::min(skip, bytes.size()));
  }
  return std::nullopt;
}

bool is_utf8_name(const std::string& name) {
  return name == "utf-8" || name == "utf8" || name.starts_with("utf-8-");
}

/// Python's names for what iconv calls otherwise.
std::string iconv_name(const std::string& name) {
  if (name == "latin-1" || name == "iso-latin-1" || name.starts_with("latin-1-") || name == "latin1")
    return "ISO-8859-1";
  if (name.starts_with("iso-8859-") || name.starts_with("cp") || name.starts_with("koi8")) return name;
  if (name == "us-ascii") return "ascii";
  return name;
}

Result<std::string> convert(const std::string& file, const std::string& encoding, std::string_view bytes) {
  const iconv_t converter = iconv_open("UTF-8", iconv_name(encoding).c_str());
  if (converter == reinterpret_cast<iconv_t>(-1))
    return fail(Code::unsupported, "{}: the encoding '{}' is not known here", file, encoding);
  std::string out(bytes.size() * 4 + 16, '\0');
  std::string input(bytes);
  char* from = input.data();
  char* to = out.data();
  size_t from_left = input.size(), to_left = out.size();
  const bool done =
      iconv(converter, &from, &from_left, &to, &to_left) != static_cast<size_t>(-1) && from_left == 0;
  iconv_close(converter);
  if (!done)
    return fail(Code::corrupt, "{} @{:#x}: bytes that are not in the encoding '{}'", file,
                input.size() - from_left, encoding);
  out.resize(out.size() - to_left);
  return out;
}

std::string unify_line_ends(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 1);
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      out += text[i];
      continue;
    }
    out += '\n';
    if (i + 1 < text.size() && text[i + 1] == '\n') ++i;
  }
  return out;
}

Result<std::string> decoded_text(const std::string& name, std::string_view bytes) {
  const bool marked = bytes.starts_with(kMark);
  if (marked) bytes.remove_prefix(kMark.size());
  const std::optional<std::string> declared = declared_encoding(bytes);
  // CPython takes no other spelling than utf-8 beside a mark.
  if (marked && declared && *declared != "utf-8" && !declared->starts_with("utf-8-"))
    return fail(Code::corrupt, "{}:1:1: the byte order mark says UTF-8, the comment says '{}'", name,
                *declared);
  if (const size_t nul = bytes.find('\0'); nul != std::string_view::npos)
    return fail(Code::corrupt, "{} @{:#x}: source code cannot contain NUL bytes", name, nul);
  if (declared && !is_utf8_name(*declared)) {
    TRY(const std::string text, convert(name, *declared, bytes));
    return unify_line_ends(text);
  }
  if (const size_t good = utf8::valid_prefix(bytes); good < bytes.size()) {
    const auto line = std::count(bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(good), '\n') + 1;
    return fail(Code::corrupt,
                "{}:{}: byte {:#04x} is not UTF-8, and no encoding is declared\nhint: save the file as "
                "UTF-8, or name its "
                "encoding in the first line: # -*- coding: latin-1 -*-",
                name, line, static_cast<unsigned char>(bytes[good]));
  }
  return unify_line_ends(bytes);
}

}  // namespace

Result<SourceText> SourceText::decode(std::string name, std::string_view bytes) {
  if (bytes.size() > kMaxBytes) return fail(Code::exhausted, "{}: larger than 1 GiB", name);
  SourceText source;
  TRY(source.text_, decoded_text(name, bytes));
  source.name_ = std::move(name);
  source.line_starts_.push_back(0);
  for (size_t i = 0; i < source.text_.size(); ++i) {
    if (source.text_[i] == '\n') source.line_starts_.push_back(static_cast<uint32_t>(i + 1));
  }
  return source;
}

std::string_view SourceText::line(uint32_t line) const {
  const uint32_t start = line_starts_[line - 1];
  const size_t end = line < line_starts_.size() ? line_starts_[line] - 1 : text_.size();
  return std::string_view(text_).substr(start, end - start);
}

Error SourceText::error(Code code, uint32_t line_number, uint32_t column, std::string_view message,
                        std::string_view hint) const {
  line_number = std::clamp<uint32_t>(line_number, 1, static_cast<uint32_t>(line_starts_.size()));
  const std::string_view shown = line(line_number).substr(0, 400);
  const size_t lead = std::min(shown.find_first_not_of(" \t\f"), shown.size());
  const size_t before = std::clamp<size_t>(column, lead, std::max(lead, shown.size())) - lead;
  const std::string_view prefix = shown.substr(lead, before);
  // Columns for people count characters; a caret stands under the character as a terminal shows it.
  const size_t characters =
      static_cast<size_t>(std::ranges::count_if(line(line_number).substr(0, column), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
      }));
  std::string text = strf("{}:{}:{}: {}\n  {}\n  {}^", name_, line_number, characters + 1, message,
                          shown.substr(lead), std::string(static_cast<size_t>(display_width(prefix)), ' '));
  if (!hint.empty()) text += strf("\nhint: {}", hint);
  return {code, std::move(text)};
}

}  // namespace sov::transpiler
