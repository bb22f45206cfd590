#include "text/tokenize/normalizer.h"

#include <vector>

#include "text/tokenize/normalizer_parts.h"

namespace sov::text {
namespace {

class Sequence final : public Normalizer {
 public:
  explicit Sequence(std::vector<std::unique_ptr<Normalizer>> parts) : parts_(std::move(parts)) {}
  void apply(std::string& text) const override {
    for (const auto& part : parts_) part->apply(text);
  }

 private:
  std::vector<std::unique_ptr<Normalizer>> parts_;
};

NormalizerResult load_sequence(const Json& component) {
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

NormalizerResult load_normalizer(const Json& component) {
  if (component.is_null()) return nullptr;
  TRY(const std::string type, component.get_string("type"));
  if (type == "Sequence") return load_sequence(component);
  if (type == "NFC") return make_unicode_form(NormalForm::nfc);
  if (type == "NFD") return make_unicode_form(NormalForm::nfd);
  if (type == "NFKC") return make_unicode_form(NormalForm::nfkc);
  if (type == "NFKD") return make_unicode_form(NormalForm::nfkd);
  if (type == "Lowercase") return make_lowercase();
  if (type == "StripAccents") return make_strip_accents();
  if (type == "Nmt") return make_nmt();
  if (type == "ByteLevel") return make_byte_level_normalizer();
  if (type == "BertNormalizer") return load_bert_normalizer(component);
  if (type == "Precompiled") return load_precompiled(component);
  if (type == "Replace") return load_replace(component);
  if (type == "Prepend") return load_prepend(component);
  if (type == "Strip") return load_strip(component);
  return fail(Code::unsupported, "normalizer '{}'", type);
}

}  // namespace sov::text
