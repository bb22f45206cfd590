// Normalizers that rewrite by patterns and rules.

#include <array>
#include <utf8proc.h>

#include "core/utf8.h"
#include "text/tokenize/base64.h"
#include "text/tokenize/charsmap.h"
#include "text/tokenize/normalizer_parts.h"
#include "text/tokenize/regex.h"
#include "text/tokenize/unicode.h"

namespace sov::text {
namespace {

class Replace final : public Normalizer {
 public:
  Replace(Regex pattern, std::string content) : pattern_(std::move(pattern)), content_(std::move(content)) {}

  void apply(std::string& text) const override {
    RegexSearch search(pattern_);
    std::string out;
    size_t done = 0;
    bool any = false;
    for (size_t from = 0; from <= text.size();) {
      const auto match = search.find(text, from);
      if (!match) break;
      const auto [begin, end] = *match;
      // An empty match right behind the previous one is not counted.
      if (begin != end || !any || begin != done) {
        if (out.empty()) out.reserve(text.size() + text.size() / 4);
        out.append(text, done, begin - done);
        out += content_;
        done = end;
        any = true;
      }
      from = end;
      if (begin == end)
        from += end < text.size() ? utf8::decode(std::string_view(text).substr(end)).length : 1;
    }
    if (!any) return;
    out.append(text, done);
    text = std::move(out);
  }

 private:
  Regex pattern_;
  std::string content_;
};

class Prepend final : public Normalizer {
 public:
  explicit Prepend(std::string content) : content_(std::move(content)) {}
  void apply(std::string& text) const override {
    if (!text.empty()) text.insert(0, content_);
  }

 private:
  std::string content_;
};

class Strip final : public Normalizer {
 public:
  Strip(bool left, bool right) : left_(left), right_(right) {}
  void apply(std::string& text) const override {
    size_t begin = 0, end = text.size();
    while (left_ && begin < end) {
      const utf8::Decoded c = utf8::decode(std::string_view(text).substr(begin));
      if (!is_space(c.code_point)) break;
      begin += c.length;
    }
    while (right_ && end > begin) {
      size_t last = end - 1;
      while (last > begin && (static_cast<uint8_t>(text[last]) & 0xC0) == 0x80) last--;
      if (!is_space(utf8::decode(std::string_view(text).substr(last)).code_point)) break;
      end = last;
    }
    text.resize(end);
    text.erase(0, begin);
  }

 private:
  bool left_, right_;
};

class Precompiled final : public Normalizer {
 public:
  explicit Precompiled(Charsmap map) : map_(std::move(map)) {
    for (size_t c = 0; c < plain_.size(); c++) {
      const char byte = static_cast<char>(c);
      plain_[c] = c != '\r' && !map_.shortest(std::string_view(&byte, 1));
    }
  }

  void apply(std::string& text) const override {
    std::string out;
    out.reserve(text.size() + text.size() / 4);
    const std::string_view all = text;
    for (size_t at = 0; at < all.size();) {
      if (is_plain(all[at]) && (at + 1 == all.size() || static_cast<uint8_t>(all[at + 1]) < 0x80)) {
        out += all[at++];
        continue;
      }
      const size_t length = cluster(all.substr(at));
      rewrite(all.substr(at, length), out);
      at += length;
    }
    text = std::move(out);
  }

 private:
  bool is_plain(char byte) const {
    return static_cast<uint8_t>(byte) < 0x80 && plain_[static_cast<uint8_t>(byte)];
  }

  /// Bytes of the extended grapheme cluster at the start of text.
  static size_t cluster(std::string_view text) {
    utf8::Decoded c = utf8::decode(text);
    size_t length = c.length;
    utf8proc_int32_t state = 0;
    while (length < text.size()) {
      const utf8::Decoded next = utf8::decode(text.substr(length));
      if (utf8proc_grapheme_break_stateful(static_cast<utf8proc_int32_t>(c.code_point),
                                           static_cast<utf8proc_int32_t>(next.code_point), &state)) {
        break;
      }
      length += next.length;
      c = next;
    }
    return length;
  }

  void rewrite(std::string_view cluster, std::string& out) const {
    constexpr size_t kShort = 6;
    if (cluster.size() < kShort) {
      if (const auto match = map_.shortest(cluster)) {
        out += match->replacement;
        return;
      }
    }
    while (!cluster.empty()) {
      const std::string_view c = cluster.substr(0, utf8::decode(cluster).length);
      const auto match = map_.shortest(c);
      out += match ? match->replacement : c;
      cluster.remove_prefix(c.size());
    }
  }

  Charsmap map_;
  std::array<bool, 128> plain_{};  // ASCII characters without a rule, that end a cluster before more ASCII
};

}  // namespace

NormalizerResult load_replace(const Json& component) {
  const Json* pattern = component.find("pattern");
  if (pattern == nullptr || !pattern->is_object()) return fail(Code::corrupt, "Replace: no pattern");
  TRY(std::string content, component.get_string("content"));
  if (pattern->find("String") != nullptr) {
    TRY(const std::string literal, pattern->get_string("String"));
    return std::make_unique<Replace>(Regex::literal(literal), std::move(content));
  }
  TRY(const std::string source, pattern->get_string("Regex"));
  TRY(Regex regex, Regex::compile(source));
  return std::make_unique<Replace>(std::move(regex), std::move(content));
}

NormalizerResult load_prepend(const Json& component) {
  TRY(std::string content, component.get_string("prepend"));
  return std::make_unique<Prepend>(std::move(content));
}

NormalizerResult load_strip(const Json& component) {
  TRY(const bool left, component.bool_or("strip_left", true));
  TRY(const bool right, component.bool_or("strip_right", true));
  return std::make_unique<Strip>(left, right);
}

NormalizerResult load_precompiled(const Json& component) {
  const Json* text = component.find("precompiled_charsmap");
  // T5 files converted without rules carry a null.
  if (text == nullptr || text->is_null()) return nullptr;
  if (!text->is_string())
    return fail(Code::corrupt, "Precompiled: precompiled_charsmap is {}", text->kind_name());
  if (text->string().empty()) return nullptr;
  TRY(const std::string blob, base64_bytes(text->string()));
  TRY(Charsmap map, Charsmap::parse(blob));
  return std::make_unique<Precompiled>(std::move(map));
}

}  // namespace sov::text
