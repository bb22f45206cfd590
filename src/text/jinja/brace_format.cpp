// str.format. Source: Python's library reference, "Format String Syntax"; fields go through the sandbox.

#include "text/jinja/format_spec.h"
#include "text/jinja/operations.h"
#include "text/jinja/unicode_text.h"

namespace sov::text::jinja {

Result<std::string> format_value(Runtime& rt, const Value& value, const std::string& spec_text) {
  if (spec_text.empty()) return to_text(rt, value);
  if (!value.is_string() && !value.is_number())
    return misuse("unsupported format string passed to {}.__format__", type_name(value));
  TRY(const FormatSpec spec, parse_spec(spec_text));
  if (value.is_string()) return format_text(rt, value.text(), spec);
  return value.is_real() ? format_real(rt, value.real(), spec) : format_integer(rt, value.integer(), spec);
}

namespace {

constexpr int kMaxNested = 2;  // a format in a format, as Python

class BraceFormatter {
 public:
  BraceFormatter(Runtime& rt, bool safe, const Args& args) : rt_(rt), safe_(safe), args_(args) {}

  Result<std::string> run(std::string_view pattern, int depth) {
    if (depth < 0) return misuse("max string recursion exceeded");
    std::string out;
    for (size_t at = 0; at < pattern.size();) {
      TRY(rt_.step());
      const size_t brace = std::min(pattern.find_first_of("{}", at), pattern.size());
      out += pattern.substr(at, brace - at);
      at = brace;
      if (at == pattern.size()) break;
      const char c = pattern[at++];
      if (at < pattern.size() && pattern[at] == c) {
        out += c;
        at++;
      } else if (c == '}') {
        return misuse("single '}}' encountered in format string");
      } else {
        TRY(const std::string text, field(pattern, at, depth));
        out += text;
        TRY(rt_.reserve(out.size()));
        TRY(rt_.scan(text.size()));
      }
    }
    return out;
  }

 private:
  /// Reads one field up to its closing brace and gives its text.
  Result<std::string> field(std::string_view pattern, size_t& at, int depth) {
    const size_t begin = at;
    int open = 1;
    for (bool in_brackets = false; at < pattern.size() && open > 0; at++) {
      const char c = pattern[at];
      if (c == '[' && open == 1) in_brackets = true;
      if (c == ']') in_brackets = false;
      if (in_brackets && open == 1) continue;
      open += c == '{' ? 1 : c == '}' ? -1 : 0;
    }
    if (open > 0) return misuse("expected '}}' before end of string");
    const std::string_view text = pattern.substr(begin, at - begin - 1);
    size_t end = 0;
    for (bool in_brackets = false; end < text.size(); end++) {
      if (text[end] == '[') in_brackets = true;
      if (text[end] == ']') in_brackets = false;
      if (!in_brackets && (text[end] == '!' || text[end] == ':')) break;
      if (!in_brackets && text[end] == '{') return misuse("unexpected '{{' in field name");
    }
    TRY(Value value, lookup(text.substr(0, end)));
    std::string_view rest = text.substr(end);
    if (rest.starts_with('!')) {
      if (rest.size() < 2 || (rest.size() > 2 && rest[2] != ':'))
        return misuse("expected ':' after conversion specifier");
      TRY(value, converted(value, rest[1]));
      rest.remove_prefix(2);
    }
    std::string spec;
    if (!rest.empty()) {
      TRY(spec, run(rest.substr(1), depth - 1));
    }
    if (!safe_) return format_value(rt_, value, spec);
    if (value.is_markup())
      return spec.empty() ? Result<std::string>(value.text()) : misuse("format of a Markup");
    TRY(const std::string plain, format_value(rt_, value, spec));
    return escape_html(plain);
  }

  Result<Value> converted(const Value& value, char how) {
    if (how == 's') {
      TRY(std::string text, to_text(rt_, value));
      return rt_.str(std::move(text));
    }
    if (how != 'r' && how != 'a') return misuse("unknown conversion specifier '{}'", how);
    if (how == 'r') {
      TRY(std::string text, repr(rt_, value));
      return rt_.str(std::move(text));
    }
    return percent_format(rt_, rt_.str("%a"), rt_.tuple({value}));
  }

  static bool is_number(std::string_view text) {
    return !text.empty() && text.size() < 18 && text.find_first_not_of("0123456789") == text.npos;
  }

  Value key_of(std::string_view text) {
    if (is_number(text)) return Value(static_cast<int64_t>(std::stoll(std::string(text))));
    return rt_.str(std::string(text));
  }

  Result<Value> first(std::string_view name) {
    if (name.empty()) {
      if (manual_)
        return misuse("cannot switch from manual field specification to automatic field numbering");
      automatic_ = true;
      return positional(next_++);
    }
    if (is_number(name)) {
      if (automatic_)
        return misuse("cannot switch from automatic field numbering to manual field specification");
      manual_ = true;
      return positional(static_cast<size_t>(std::stoll(std::string(name))));
    }
    for (const auto& [given, value] : args_.named) {
      if (given == name) return value;
    }
    return misuse("str.format: no argument for '{}'", name);
  }

  Result<Value> positional(size_t index) {
    if (index >= args_.positional.size())
      return misuse("replacement index {} out of range for positional arguments", index);
    return args_.positional[index];
  }

  /// name.attribute[key]...
  Result<Value> lookup(std::string_view path) {
    size_t at = std::min(path.find_first_of(".["), path.size());
    TRY(Value value, first(path.substr(0, at)));
    while (at < path.size()) {
      TRY(rt_.step());
      if (path[at] == '[') {
        const size_t close = path.find(']', at);
        if (close == path.npos) return misuse("missing ']' in format string");
        const std::string_view key = path.substr(at + 1, close - at - 1);
        if (key.empty()) return misuse("empty attribute in format string");
        TRY(value, get_item(rt_, value, key_of(key)));
        at = close + 1;
        if (at < path.size() && path[at] != '.' && path[at] != '[')
          return misuse("only '.' or '[' may follow ']' in format field specifier");
      } else {
        const size_t end = std::min(path.find_first_of(".[", at + 1), path.size());
        if (end == at + 1) return misuse("empty attribute in format string");
        TRY(value, get_attribute(rt_, value, std::string(path.substr(at + 1, end - at - 1))));
        at = end;
      }
    }
    return value;
  }

  Runtime& rt_;
  bool safe_;
  const Args& args_;
  size_t next_ = 0;
  bool automatic_ = false, manual_ = false;
};

}  // namespace

Result<Value> brace_format(Runtime& rt, const Value& pattern, const Args& args) {
  TRY(rt.scan(pattern.text().size()));
  BraceFormatter formatter(rt, pattern.is_markup(), args);
  TRY(std::string text, formatter.run(pattern.text(), kMaxNested - 1));
  return rt.str(std::move(text), pattern.str().markup);
}

}  // namespace sov::text::jinja
