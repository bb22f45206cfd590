// Normalizers that go character by character.

#include <optional>

#include "core/utf8.h"
#include "text/tokenize/byte_level.h"
#include "text/tokenize/normalizer_parts.h"
#include "text/tokenize/older_unicode.h"
#include "text/tokenize/unicode.h"

namespace sov::text {
namespace {

/// Rewrites each character by a function (code point, its bytes, out).
template <typename Rewrite>
class PerCharacter final : public Normalizer {
 public:
  explicit PerCharacter(Rewrite rewrite) : rewrite_(rewrite) {}
  void apply(std::string& text) const override {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    const std::string_view all = text;
    for (size_t at = 0; at < all.size();) {
      const auto byte = static_cast<uint8_t>(all[at]);
      const utf8::Decoded c = byte < 0x80 ? utf8::Decoded{byte, 1, true} : utf8::decode(all.substr(at));
      rewrite_(c.code_point, all.substr(at, c.length), out);
      at += c.length;
    }
    text = std::move(out);
  }

 private:
  Rewrite rewrite_;
};

template <typename Rewrite>
std::unique_ptr<Normalizer> per_character(Rewrite rewrite) {
  return std::make_unique<PerCharacter<Rewrite>>(rewrite);
}

void append_lower(uint32_t c, std::string_view bytes, std::string& out) {
  if (c < 0x80) {
    out.push_back(static_cast<char>(older::to_lower(c)));
  } else if (c == 0x130) {
    out += "i\u0307";
  } else {
    const uint32_t lower = older::to_lower(c);
    lower == c ? out.append(bytes) : (utf8::append(out, lower), out);
  }
}

/// Removed, or the character that nmt puts in c's place.
std::optional<uint32_t> nmt(uint32_t c) {
  if ((c >= 0x01 && c <= 0x08) || c == 0x0B || (c >= 0x0E && c <= 0x1F) || c == 0x7F || c == 0x8F ||
      c == 0x9F) {
    return std::nullopt;
  }
  const bool space = c == 0x09 || c == 0x0A || c == 0x0C || c == 0x0D || c == 0x1680 ||
                     (c >= 0x200B && c <= 0x200F) || c == 0x2028 || c == 0x2029 || c == 0x2581 ||
                     c == 0xFEFF || c == 0xFFFD;
  return space ? ' ' : c;
}

/// The blocks that BERT's tokenization sets apart. Source: Devlin et al., the published tokenization.py.
bool is_chinese(uint32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x20000 && c <= 0x2A6DF) || (c >= 0x2A700 && c <= 0x2B81F) || (c >= 0x2B920 && c <= 0x2CEAF) ||
         (c >= 0x2F800 && c <= 0x2FA1F);
}

struct BertOptions {
  bool clean_text = true, handle_chinese_chars = true, strip_accents = true, lowercase = true;
};

/// Cleaning and Chinese characters first, then accents, then case.
class BertNormalizer final : public Normalizer {
 public:
  explicit BertNormalizer(BertOptions options)
      : options_(options), nfd_(make_unicode_form(NormalForm::nfd)) {}

  void apply(std::string& text) const override {
    if (options_.clean_text || options_.handle_chinese_chars) {
      const bool clean = options_.clean_text, chinese = options_.handle_chinese_chars;
      per_character([=](uint32_t c, std::string_view bytes, std::string& out) {
        if (c >= 0x20 && c < 0x7F) return out.push_back(static_cast<char>(c));
        if (clean && older::is_other(c)) return;
        if (clean && is_space(c)) return out.push_back(' ');
        const bool apart = chinese && is_chinese(c);
        if (apart) out.push_back(' ');
        out += bytes;
        if (apart) out.push_back(' ');
      })->apply(text);
    }
    if (options_.strip_accents) {
      nfd_->apply(text);
      per_character([](uint32_t c, std::string_view bytes, std::string& out) {
        if (c < 0x80 || !older::is_nonspacing(c)) out += bytes;
      })->apply(text);
    }
    if (options_.lowercase) per_character(append_lower)->apply(text);
  }

 private:
  BertOptions options_;
  std::unique_ptr<Normalizer> nfd_;
};

}  // namespace

std::unique_ptr<Normalizer> make_lowercase() { return per_character(append_lower); }

std::unique_ptr<Normalizer> make_strip_accents() {
  return per_character([](uint32_t c, std::string_view bytes, std::string& out) {
    if (c < 0x80 || !older::is_mark(c)) out += bytes;
  });
}

std::unique_ptr<Normalizer> make_nmt() {
  return per_character([](uint32_t c, std::string_view, std::string& out) {
    if (const auto kept = nmt(c)) utf8::append(out, *kept);
  });
}

std::unique_ptr<Normalizer> make_byte_level_normalizer() {
  return per_character(
      [](uint32_t, std::string_view bytes, std::string& out) { out += byte_level_text(bytes); });
}

NormalizerResult load_bert_normalizer(const Json& component) {
  BertOptions options;
  TRY(options.clean_text, component.bool_or("clean_text", true));
  TRY(options.handle_chinese_chars, component.bool_or("handle_chinese_chars", true));
  TRY(options.lowercase, component.bool_or("lowercase", true));
  TRY(options.strip_accents, component.bool_or("strip_accents", options.lowercase));
  return std::make_unique<BertNormalizer>(options);
}

}  // namespace sov::text
