#pragma once
// The normalizers that are more than a line, for load_normalizer.

#include "text/tokenize/normalizer.h"

namespace sov::text {

using NormalizerResult = Result<std::unique_ptr<Normalizer>>;

/// Normal forms as Hugging Face has them: characters newer than its tables stay as they are.
enum class NormalForm { nfc, nfd, nfkc, nfkd };
std::unique_ptr<Normalizer> make_unicode_form(NormalForm form);
std::unique_ptr<Normalizer> make_strip_accents();
std::unique_ptr<Normalizer> make_lowercase();
/// Control characters go, other spaces become U+0020. Source: sentencepiece's nmt rules.
std::unique_ptr<Normalizer> make_nmt();
std::unique_ptr<Normalizer> make_byte_level_normalizer();
NormalizerResult load_bert_normalizer(const Json& component);
/// SentencePiece's rules as Hugging Face applies them: the shortest rule of a short grapheme cluster replaces
/// all of it.
NormalizerResult load_precompiled(const Json& component);
NormalizerResult load_replace(const Json& component);
NormalizerResult load_prepend(const Json& component);
NormalizerResult load_strip(const Json& component);

}  // namespace sov::text
