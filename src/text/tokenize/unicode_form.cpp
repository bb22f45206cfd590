#include <algorithm>
#include <cstdlib>
#include <utf8proc.h>

#include "core/utf8.h"
#include "text/tokenize/normalizer_parts.h"
#include "text/tokenize/older_unicode.h"

namespace sov::text {
namespace {

struct FreeMemory {
  void operator()(void* memory) const { std::free(memory); }
};

class UnicodeForm final : public Normalizer {
 public:
  UnicodeForm(int options, uint8_t unchanged_below) : options_(options), unchanged_below_(unchanged_below) {}

  void apply(std::string& text) const override {
    const auto may_change = [&](char byte) { return static_cast<uint8_t>(byte) >= unchanged_below_; };
    if (std::none_of(text.begin(), text.end(), may_change)) return;
    std::string out;
    out.reserve(text.size());
    size_t done = 0;
    for (size_t at = 0; at < text.size();) {
      if (static_cast<uint8_t>(text[at]) < 0xDF) {  // the first that stays as it is is U+07FD
        at++;
        continue;
      }
      const utf8::Decoded c = utf8::decode(std::string_view(text).substr(at));
      if (older::is_not_normalized(c.code_point)) {
        map(std::string_view(text).substr(done, at - done), out);
        out.append(text, at, c.length);
        done = at + c.length;
      }
      at += c.length;
    }
    map(std::string_view(text).substr(done), out);
    text = std::move(out);
  }

 private:
  void map(std::string_view text, std::string& out) const {
    if (text.empty()) return;
    utf8proc_uint8_t* mapped = nullptr;
    const utf8proc_ssize_t size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                               static_cast<utf8proc_ssize_t>(text.size()), &mapped,
                                               static_cast<utf8proc_option_t>(options_ | UTF8PROC_STABLE));
    const std::unique_ptr<void, FreeMemory> memory(mapped);
    if (size < 0) {
      out += text;
    } else {
      out.append(reinterpret_cast<const char*>(mapped), static_cast<size_t>(size));
    }
  }

  int options_;
  uint8_t unchanged_below_;
};

}  // namespace

std::unique_ptr<Normalizer> make_unicode_form(NormalForm form) {
  // Composed forms change nothing below U+0300, whose UTF-8 starts with 0xCC; the others nothing in ASCII.
  switch (form) {
    case NormalForm::nfc:
      return std::make_unique<UnicodeForm>(UTF8PROC_COMPOSE, uint8_t{0xCC});
    case NormalForm::nfd:
      return std::make_unique<UnicodeForm>(UTF8PROC_DECOMPOSE, uint8_t{0x80});
    case NormalForm::nfkc:
      return std::make_unique<UnicodeForm>(UTF8PROC_COMPOSE | UTF8PROC_COMPAT, uint8_t{0x80});
    case NormalForm::nfkd:
      break;
  }
  return std::make_unique<UnicodeForm>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, uint8_t{0x80});
}

}  // namespace sov::text
