#include "text/tokenize/normalizer.h"

#include <algorithm>
#include <cstdlib>
#include <utf8proc.h>
#include <vector>

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
    utf8proc_uint8_t* mapped = nullptr;
    const utf8proc_ssize_t size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                               static_cast<utf8proc_ssize_t>(text.size()), &mapped,
                                               static_cast<utf8proc_option_t>(options_ | UTF8PROC_STABLE));
    const std::unique_ptr<void, FreeMemory> memory(mapped);
    if (size >= 0) text.assign(reinterpret_cast<const char*>(mapped), static_cast<size_t>(size));
  }

 private:
  int options_;
  uint8_t unchanged_below_;
};

class Sequence final : public Normalizer {
 public:
  explicit Sequence(std::vector<std::unique_ptr<Normalizer>> parts) : parts_(std::move(parts)) {}
  void apply(std::string& text) const override {
    for (const auto& part : parts_) part->apply(text);
  }

 private:
  std::vector<std::unique_ptr<Normalizer>> parts_;
};

Result<std::unique_ptr<Normalizer>> load_sequence(const Json& component) {
  const Json* list = component.find("normalizers");
  if (list == nullptr || !list->is_array()) return fail(Code::corrupt, "Sequence: no array 'normalizers'");
  std::vector<std::unique_ptr<Normalizer>> parts;
  for (const Json& item : list->items()) {
    TRY(auto part, load_normalizer(item));
    if (part) parts.push_back(std::move(part));
  }
  if (parts.empty()) return nullptr;
  return std::make_unique<Sequence>(std::move(parts));
}

}  // namespace

Result<std::unique_ptr<Normalizer>> load_normalizer(const Json& component) {
  if (component.is_null()) return nullptr;
  TRY(const std::string type, component.get_string("type"));
  // Composed forms change nothing below U+0300, whose UTF-8 starts with 0xCC; compatibility forms nothing in
  // ASCII.
  if (type == "NFC") return std::make_unique<UnicodeForm>(UTF8PROC_COMPOSE, uint8_t{0xCC});
  if (type == "NFD") return std::make_unique<UnicodeForm>(UTF8PROC_DECOMPOSE, uint8_t{0x80});
  if (type == "NFKC") return std::make_unique<UnicodeForm>(UTF8PROC_COMPOSE | UTF8PROC_COMPAT, uint8_t{0x80});
  if (type == "NFKD")
    return std::make_unique<UnicodeForm>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, uint8_t{0x80});
  if (type == "Sequence") return load_sequence(component);
  return fail(Code::unsupported, "normalizer '{}'", type);
}

}  // namespace sov::text
