#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <optional>

#include "text/jinja/operations.h"
#include "text/jinja/unicode_text.h"

namespace sov::text::jinja {
namespace {

std::string quoted(const std::string& text) {
  const bool use_double = text.find('\'') != text.npos && text.find('"') == text.npos;
  const char quote = use_double ? '"' : '\'';
  std::string out(1, quote);
  for (size_t at = 0; at < text.size();) {
    const size_t start = at;
    const uint32_t cp = next_code_point(text, at);
    if (cp == static_cast<uint32_t>(quote) || cp == '\\') {
      out += '\\';
      out += static_cast<char>(cp);
    } else if (cp == '\n') {
      out += "\\n";
    } else if (cp == '\r') {
      out += "\\r";
    } else if (cp == '\t') {
      out += "\\t";
    } else if (is_printable(cp)) {
      out += text.substr(start, at - start);
    } else if (cp < 0x100) {
      out += strf("\\x{:02x}", cp);
    } else if (cp < 0x10000) {
      out += strf("\\u{:04x}", cp);
    } else {
      out += strf("\\U{:08x}", cp);
    }
  }
  return out + quote;
}

Result<std::string> repr_items(Runtime& rt, const Value& value) {
  std::string out = value.is_list() ? "[" : "(";
  for (const Value& item : value.items()) {
    if (out.size() > 1) out += ", ";
    TRY(const std::string part, repr(rt, item));
    out += part;
    TRY(rt.reserve(out.size()));
  }
  if (value.is_tuple() && value.items().size() == 1) out += ',';
  return out + (value.is_list() ? "]" : ")");
}

Result<std::string> repr_dict(Runtime& rt, const Dict& dict) {
  std::string out = "{";
  for (const Dict::Entry& entry : dict.entries()) {
    if (out.size() > 1) out += ", ";
    TRY(const std::string key, repr(rt, entry.first));
    TRY(const std::string value, repr(rt, entry.second));
    out += key + ": " + value;
    TRY(rt.reserve(out.size()));
  }
  return out + "}";
}

void json_string(const std::string& text, bool ensure_ascii, std::string& out) {
  out += '"';
  for (size_t at = 0; at < text.size();) {
    const size_t start = at;
    const uint32_t cp = next_code_point(text, at);
    switch (cp) {
      case '"':
        out += "\\\"";
        continue;
      case '\\':
        out += "\\\\";
        continue;
      case '\n':
        out += "\\n";
        continue;
      case '\r':
        out += "\\r";
        continue;
      case '\t':
        out += "\\t";
        continue;
      case '\b':
        out += "\\b";
        continue;
      case '\f':
        out += "\\f";
        continue;
      default:
        break;
    }
    if (cp >= 0x20 && (cp < 0x7F || !ensure_ascii)) {
      out += text.substr(start, at - start);
    } else if (cp < 0x10000) {
      out += strf("\\u{:04x}", cp);
    } else {
      out += strf("\\u{:04x}\\u{:04x}", 0xD800 + ((cp - 0x10000) >> 10), 0xDC00 + ((cp - 0x10000) & 0x3FF));
    }
  }
  out += '"';
}

std::string json_real(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  return real_text(value);
}

/// json.dumps for one value at a nesting depth.
class JsonWriter {
 public:
  JsonWriter(Runtime& rt, const JsonStyle& style) : rt_(rt), style_(style) {}

  Result<void> write(const Value& value, int depth) {
    TRY(rt_.step());
    TRY(rt_.reserve(out.size()));
    switch (value.kind()) {
      case Kind::none:
        out += "null";
        return {};
      case Kind::boolean:
        out += value.boolean() ? "true" : "false";
        return {};
      case Kind::integer:
        out += strf("{}", value.integer());
        return {};
      case Kind::real:
        out += json_real(value.real());
        return {};
      case Kind::string:
        TRY(rt_.scan(value.text().size()));
        json_string(value.text(), style_.ensure_ascii, out);
        return {};
      case Kind::list:
      case Kind::tuple:
        return array(value.items(), depth);
      case Kind::dict:
        return object(value.dict(), depth);
      default:
        return misuse("Object of type {} is not JSON serializable", type_name(value));
    }
  }

  std::string out;

 private:
  Result<void> line(int depth) {
    if (!style_.pretty) return {};
    TRY(rt_.reserve(out.size() + style_.indent.size() * static_cast<size_t>(depth)));
    TRY(rt_.scan(style_.indent.size() * static_cast<size_t>(depth)));
    out += '\n';
    for (int i = 0; i < depth; i++) out += style_.indent;
    return {};
  }

  Result<void> array(const std::vector<Value>& items, int depth) {
    out += '[';
    for (size_t i = 0; i < items.size(); i++) {
      if (i > 0) out += style_.item_separator;
      TRY(line(depth + 1));
      TRY(write(items[i], depth + 1));
    }
    if (!items.empty()) TRY(line(depth));
    out += ']';
    return {};
  }

  Result<void> object(const Dict& dict, int depth) {
    std::vector<std::pair<std::string, const Value*>> members;
    for (const Dict::Entry& entry : dict.entries()) {
      TRY(std::string key, key_text(entry.first));
      members.emplace_back(std::move(key), &entry.second);
    }
    if (style_.sort_keys) TRY(sort(members, dict));
    out += '{';
    for (size_t i = 0; i < members.size(); i++) {
      if (i > 0) out += style_.item_separator;
      TRY(line(depth + 1));
      json_string(members[i].first, style_.ensure_ascii, out);
      out += style_.key_separator;
      TRY(write(*members[i].second, depth + 1));
    }
    if (!members.empty()) TRY(line(depth));
    out += '}';
    return {};
  }

  /// By the keys themselves, which must all have an order among each other.
  Result<void> sort(std::vector<std::pair<std::string, const Value*>>& members, const Dict& dict) {
    std::vector<size_t> order(members.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::optional<Error> problem;
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
      if (problem) return false;
      const auto before =
          less(rt_, dict.at(static_cast<uint32_t>(a)).first, dict.at(static_cast<uint32_t>(b)).first);
      if (!before) problem = before.error();
      return before && *before;
    });
    if (problem) return fail(*problem);
    std::vector<std::pair<std::string, const Value*>> sorted;
    for (const size_t i : order) sorted.push_back(std::move(members[i]));
    members = std::move(sorted);
    return {};
  }

  Result<std::string> key_text(const Value& key) {
    if (key.is_string()) return key.text();
    if (key.is_bool()) return std::string(key.boolean() ? "true" : "false");
    if (key.is_none()) return std::string("null");
    if (key.is_int()) return strf("{}", key.integer());
    if (key.is_real()) return json_real(key.real());
    return misuse("keys must be str, int, float, bool or None, not {}", type_name(key));
  }

  Runtime& rt_;
  const JsonStyle& style_;
};

}  // namespace

std::string real_text(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  const double size = std::abs(value);
  char buffer[64];
  const bool plain = size == 0 || (size >= 1e-4 && size < 1e16);
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value,
                                 plain ? std::chars_format::fixed : std::chars_format::scientific)
                       .ptr;
  std::string text(buffer, end);
  if (plain && text.find('.') == text.npos) text += ".0";
  return text;
}

std::string escape_html(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&#34;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

Result<std::string> escaped_text(Runtime& rt, const Value& value) {
  TRY(std::string text, to_text(rt, value));
  if (value.is_markup()) return text;
  TRY(rt.reserve(text.size() * 5));
  return escape_html(text);
}

Result<std::string> text_beside(Runtime& rt, const Value& self, const Value& value) {
  return self.is_markup() ? escaped_text(rt, value) : to_text(rt, value);
}

Result<std::string> to_text(Runtime& rt, const Value& value) {
  if (value.is_string()) return value.text();
  if (value.is_undefined()) return std::string();
  return repr(rt, value);
}

Result<std::string> repr(Runtime& rt, const Value& value) {
  TRY(rt.step());
  switch (value.kind()) {
    case Kind::missing:
      return std::string();
    case Kind::undefined:
      return std::string("Undefined");
    case Kind::none:
      return std::string("None");
    case Kind::boolean:
      return std::string(value.boolean() ? "True" : "False");
    case Kind::integer:
      return strf("{}", value.integer());
    case Kind::real:
      return real_text(value.real());
    case Kind::string:
      TRY(rt.scan(value.text().size()));
      return value.is_markup() ? strf("Markup({})", quoted(value.text())) : quoted(value.text());
    case Kind::list:
    case Kind::tuple:
      return repr_items(rt, value);
    case Kind::dict:
      return repr_dict(rt, value.dict());
    case Kind::object:
      return value.object().repr(rt);
  }
  return std::string();
}

Result<std::string> to_json(Runtime& rt, const Value& value, const JsonStyle& style) {
  JsonWriter writer(rt, style);
  TRY(writer.write(value, 0));
  return std::move(writer.out);
}

}  // namespace sov::text::jinja
