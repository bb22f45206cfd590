#include "core/json.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <unordered_set>

#include "core/check.h"
#include "core/utf8.h"

namespace sov {
namespace {

/// Steps through a text and tells how far it was read, which nlohmann's events do not.
class Cursor {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Cursor() = default;
  Cursor(const char* at, size_t* read) : at_(at), read_(read) {}
  reference operator*() const { return *at_; }
  Cursor& operator++() {
    ++at_;
    ++*read_;
    return *this;
  }
  Cursor operator++(int) {
    Cursor before = *this;
    ++*this;
    return before;
  }
  bool operator==(const Cursor& other) const { return at_ == other.at_; }
  bool operator!=(const Cursor& other) const { return at_ != other.at_; }

 private:
  const char* at_ = nullptr;
  size_t* read_ = nullptr;
};

/// Receives nlohmann's parse events and builds Json values without recursion.
class Builder {
 public:
  using number_integer_t = nlohmann::json::number_integer_t;
  using number_unsigned_t = nlohmann::json::number_unsigned_t;
  using number_float_t = nlohmann::json::number_float_t;
  using string_t = nlohmann::json::string_t;
  using binary_t = nlohmann::json::binary_t;

  Builder(const JsonLimits& limits, const size_t& read) : limits_(limits), read_(read) {}

  bool null() { return put(Json()); }
  bool boolean(bool v) { return put(Json(v)); }
  bool number_integer(number_integer_t v) { return put(Json(static_cast<int64_t>(v))); }
  bool number_unsigned(number_unsigned_t v) { return put(Json(static_cast<uint64_t>(v))); }
  bool number_float(number_float_t v, const string_t&) { return put(Json(v)); }
  bool string(string_t& v) { return put(Json(std::move(v))); }
  bool binary(binary_t&) { return false; }
  bool start_object(size_t) { return open(Json::object()); }
  bool start_array(size_t) { return open(Json::array()); }
  bool end_array() { return close(); }
  bool end_object() { return close(); }
  bool key(string_t& name) {
    if (limits_.reject_duplicate_keys && !open_.back().keys.insert(name).second) {
      return refuse(read_ - 1, strf("duplicate key \"{}\"", name));
    }
    open_.back().key = std::move(name);
    return true;
  }
  bool parse_error(size_t position, const std::string&, const nlohmann::json::exception& e) {
    const std::string_view what = e.what();
    const size_t colon = what.find(": ");  // drops the library's "[json.exception...] parse error at ...:"
    return refuse(position - 1, std::string(colon == what.npos ? what : what.substr(colon + 2)));
  }

  Json take() { return std::move(root_); }
  const std::string& problem() const { return problem_; }
  size_t problem_at() const { return problem_at_; }

 private:
  struct Open {
    Json value;
    std::string key;
    std::unordered_set<std::string> keys;
  };

  bool refuse(size_t at, std::string problem) {
    if (problem_.empty()) {
      problem_ = std::move(problem);
      problem_at_ = at;
    }
    return false;
  }

  bool put(Json value) {
    if (++values_ > limits_.max_values)
      return refuse(read_ - 1, strf("more than {} values", limits_.max_values));
    return attach(std::move(value));
  }

  bool attach(Json value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (open_.back().value.is_array()) {
      open_.back().value.items().push_back(std::move(value));
    } else {
      open_.back().value.members().emplace_back(std::move(open_.back().key), std::move(value));
    }
    return true;
  }

  bool open(Json value) {
    if (open_.size() >= static_cast<size_t>(limits_.max_depth)) {
      return refuse(read_ - 1, strf("nesting deeper than {} levels", limits_.max_depth));
    }
    open_.push_back({std::move(value), {}, {}});
    return true;
  }

  bool close() {
    Json value = std::move(open_.back().value);
    open_.pop_back();
    return put(std::move(value));
  }

  JsonLimits limits_;
  const size_t& read_;
  uint64_t values_ = 0;
  std::vector<Open> open_;
  Json root_;
  std::string problem_;
  size_t problem_at_ = 0;
};

struct Problem {
  size_t at = 0;
  std::string text;
};

/// The document, or what is wrong with it and where.
tl::expected<Json, Problem> build(std::string_view text, const JsonLimits& limits) {
  // The library takes a NUL for the end of its input and would not look at what follows.
  const size_t nul = text.find('\0');
  size_t read = 0;
  Builder builder(limits, read);
  const std::string_view whole = text.substr(0, nul);
  const bool ok = nlohmann::json::sax_parse(Cursor(whole.data(), &read),
                                            Cursor(whole.data() + whole.size(), &read), &builder);
  const bool cut = nul != text.npos && (ok || builder.problem_at() >= nul);
  if (cut) return tl::unexpected<Problem>({nul, "a NUL byte"});
  if (ok) return builder.take();
  return tl::unexpected<Problem>({std::min(builder.problem_at(), text.size()), builder.problem()});
}

void write_string(std::string_view text, std::string& out) {
  out += '"';
  for (size_t i = 0; i < text.size();) {
    const unsigned char c = static_cast<unsigned char>(text[i]);
    if (c >= 0x80) {
      const utf8::Decoded d = utf8::decode(text.substr(i));
      if (d.valid) {
        out.append(text.substr(i, d.length));
      } else {
        out += "\xEF\xBF\xBD";
      }
      i += d.length;
      continue;
    }
    i++;
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\f':
        out += "\\f";
        break;
      default:
        if (c < 0x20) {
          out += strf("\\u{:04x}", c);
        } else {
          out += static_cast<char>(c);
        }
    }
  }
  out += '"';
}

void write_real(double v, std::string& out) {
  if (!std::isfinite(v)) {
    out += "null";
    return;
  }
  char buffer[32];
  const double size = std::abs(v);
  const bool plain = size == 0 || (size >= 1e-5 && size < 1e16);  // 1000.0, not 1e+03
  const auto end = (plain ? std::to_chars(buffer, buffer + sizeof buffer, v, std::chars_format::fixed)
                          : std::to_chars(buffer, buffer + sizeof buffer, v, std::chars_format::scientific))
                       .ptr;
  const std::string_view text(buffer, static_cast<size_t>(end - buffer));
  out += text;
  if (text.find_first_of(".e") == text.npos) out += ".0";  // stays a real number when read back
}

void new_line(int indent, int depth, std::string& out) {
  if (indent < 0) return;
  out += '\n';
  out.append(static_cast<size_t>(indent) * static_cast<size_t>(depth), ' ');
}

void write(const Json& json, int indent, int depth, std::string& out) {
  switch (json.kind()) {
    case Json::Kind::null:
      out += "null";
      return;
    case Json::Kind::boolean:
      out += json.boolean() ? "true" : "false";
      return;
    case Json::Kind::integer:
      out += strf("{}", json.integer());
      return;
    case Json::Kind::unsigned_integer:
      out += strf("{}", json.unsigned_integer());
      return;
    case Json::Kind::real:
      write_real(json.number(), out);
      return;
    case Json::Kind::string:
      write_string(json.string(), out);
      return;
    case Json::Kind::array:
    case Json::Kind::object:
      break;
  }
  const bool is_array = json.is_array();
  const size_t count = is_array ? json.items().size() : json.members().size();
  out += is_array ? '[' : '{';
  for (size_t i = 0; i < count; i++) {
    if (i > 0) out += ',';
    new_line(indent, depth + 1, out);
    if (!is_array) {
      write_string(json.members()[i].first, out);
      out += indent < 0 ? ":" : ": ";
    }
    write(is_array ? json.items()[i] : json.members()[i].second, indent, depth + 1, out);
  }
  if (count > 0) new_line(indent, depth, out);
  out += is_array ? ']' : '}';
}

tl::unexpected<Error> wrong_kind(std::string_view key, std::string_view wanted, const Json& got) {
  return fail(Code::corrupt, "\"{}\": wanted a {}, got {}", key, wanted, got.kind_phrase());
}

}  // namespace

Json::Json(uint64_t v) {
  if (v <= static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) {
    value_ = static_cast<int64_t>(v);
  } else {
    value_ = v;
  }
}

std::string_view Json::kind_phrase() const {
  static constexpr std::string_view kPhrases[] = {"null",     "a boolean", "a number", "a number",
                                                  "a number", "a string",  "an array", "an object"};
  return kPhrases[value_.index()];
}

std::string_view Json::kind_name() const {
  static constexpr std::string_view kNames[] = {"null",   "boolean", "number", "number",
                                                "number", "string",  "array",  "object"};
  return kNames[value_.index()];
}

bool Json::boolean() const {
  CHECK(is_bool());
  return std::get<bool>(value_);
}

int64_t Json::integer() const {
  CHECK(kind() == Kind::integer);
  return std::get<int64_t>(value_);
}

uint64_t Json::unsigned_integer() const {
  if (const auto* u = std::get_if<uint64_t>(&value_)) return *u;
  CHECK(integer() >= 0);
  return static_cast<uint64_t>(integer());
}

double Json::number() const {
  CHECK(is_number());
  if (const auto* i = std::get_if<int64_t>(&value_)) return static_cast<double>(*i);
  if (const auto* u = std::get_if<uint64_t>(&value_)) return static_cast<double>(*u);
  return std::get<double>(value_);
}

const std::string& Json::string() const {
  CHECK(is_string());
  return std::get<std::string>(value_);
}

const Json::Array& Json::items() const {
  CHECK(is_array());
  return std::get<Array>(value_);
}

const Json::Object& Json::members() const {
  CHECK(is_object());
  return std::get<Object>(value_);
}

Json::Array& Json::items() {
  CHECK(is_array());
  return std::get<Array>(value_);
}

Json::Object& Json::members() {
  CHECK(is_object());
  return std::get<Object>(value_);
}

const Json& member(const Json& json, std::string_view key) {
  static const Json null;
  const Json* found = json.find(key);
  return found != nullptr ? *found : null;
}

const Json* Json::find(std::string_view key) const {
  const auto* object = std::get_if<Object>(&value_);
  if (object == nullptr) return nullptr;
  for (const Member& member : *object) {
    if (member.first == key) return &member.second;
  }
  return nullptr;
}

Result<std::string> Json::get_string(std::string_view key) const {
  const Json* v = find(key);
  if (v == nullptr) return fail(Code::not_found, "no key \"{}\"", key);
  if (!v->is_string()) return wrong_kind(key, "string", *v);
  return v->string();
}

Result<int64_t> Json::get_int(std::string_view key) const {
  const Json* v = find(key);
  if (v == nullptr) return fail(Code::not_found, "no key \"{}\"", key);
  if (v->kind() == Kind::integer) return v->integer();
  // 1e6 written as a real is an integer all the same.
  if (v->kind() == Kind::real && std::trunc(v->number()) == v->number() && std::abs(v->number()) < 0x1p53) {
    return static_cast<int64_t>(v->number());
  }
  return wrong_kind(key, "whole number", *v);
}

Result<double> Json::get_number(std::string_view key) const {
  const Json* v = find(key);
  if (v == nullptr) return fail(Code::not_found, "no key \"{}\"", key);
  if (!v->is_number()) return wrong_kind(key, "number", *v);
  return v->number();
}

Result<bool> Json::get_bool(std::string_view key) const {
  const Json* v = find(key);
  if (v == nullptr) return fail(Code::not_found, "no key \"{}\"", key);
  if (!v->is_bool()) return wrong_kind(key, "boolean", *v);
  return v->boolean();
}

namespace {
bool absent(const Json& json, std::string_view key) {
  const Json* v = json.find(key);
  return v == nullptr || v->is_null();
}
}  // namespace

Result<std::string> Json::string_or(std::string_view key, std::string fallback) const {
  return absent(*this, key) ? Result<std::string>(std::move(fallback)) : get_string(key);
}
Result<int64_t> Json::int_or(std::string_view key, int64_t fallback) const {
  return absent(*this, key) ? Result<int64_t>(fallback) : get_int(key);
}
Result<double> Json::number_or(std::string_view key, double fallback) const {
  return absent(*this, key) ? Result<double>(fallback) : get_number(key);
}
Result<bool> Json::bool_or(std::string_view key, bool fallback) const {
  return absent(*this, key) ? Result<bool>(fallback) : get_bool(key);
}

Json& Json::set(std::string_view key, Json value) {
  if (is_null()) value_ = Object{};
  for (Member& member : members()) {
    if (member.first == key) {
      member.second = std::move(value);
      return *this;
    }
  }
  members().emplace_back(std::string(key), std::move(value));
  return *this;
}

Json& Json::push(Json value) {
  if (is_null()) value_ = Array{};
  items().push_back(std::move(value));
  return *this;
}

std::string Json::dump(int indent) const {
  std::string out;
  write(*this, indent, 0, out);
  return out;
}

Result<Json> parse_json(std::string_view text, const JsonLimits& limits) {
  auto json = build(text, limits);
  if (json) return std::move(*json);
  return fail(Code::corrupt, "json: byte {}: {}", json.error().at, json.error().text);
}

Result<Json> parse_json(std::string_view text, const JsonSource& source, const JsonLimits& limits) {
  auto json = build(text, limits);
  if (json) return std::move(*json);
  return fail(Code::corrupt, "{} @{:#x}: {}{}wanted JSON, got {}", source.file,
              source.offset + json.error().at, source.what, source.what.empty() ? "" : ": ",
              json.error().text);
}

}  // namespace sov
