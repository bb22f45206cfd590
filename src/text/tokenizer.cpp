#include "text/tokenizer.h"

#include "core/utf8.h"
#include "text/tokenize/impl.h"

namespace sov::text {
namespace {

/// One encode() call.
class Encoding {
 public:
  Encoding(const Tokenizer::Impl& impl, const EncodeOptions& options)
      : impl_(impl), special_(options.parse_special ? ParseSpecial::yes : ParseSpecial::no) {}

  /// Bytes that are no UTF-8 become the model's byte tokens where it has them all, else U+FFFD.
  void any_text(std::string_view text) {
    if (impl_.reads_bytes || utf8::is_valid(text)) return valid_text({text, true});
    if (!impl_.takes_bytes) return valid_text({utf8::replace_invalid(text), true});
    bool at_start = true;
    while (!text.empty()) {
      size_t valid = 0, length = 0;
      while (valid < text.size()) {
        const utf8::Decoded c = utf8::decode(text.substr(valid));
        length = c.length;
        if (!c.valid) break;
        valid += c.length;
      }
      if (valid > 0) valid_text({text.substr(0, valid), at_start});
      at_start = false;
      text.remove_prefix(valid);
      length = std::min(length, text.size());
      for (char byte : text.substr(0, length))
        out_.push_back(*impl_.model->byte_id(static_cast<uint8_t>(byte)));
      text.remove_prefix(length);
    }
  }

  std::vector<TokenId>& ids() { return out_; }

 private:
  void valid_text(Piece text) {
    impl_.added_raw.split(text.text, special_, [&](AddedTokenSet::Segment segment) {
      if (segment.token != nullptr) return out_.push_back(segment.token->id);
      const bool at_start = text.at_start && segment.text.data() == text.text.data();
      if (!impl_.normalizer) return normalized_text({segment.text, at_start});
      std::string normalized(segment.text);
      impl_.normalizer->apply(normalized);
      normalized_text({normalized, at_start});
    });
  }

  void normalized_text(Piece text) {
    impl_.added_normalized.split(text.text, special_, [&](AddedTokenSet::Segment segment) {
      if (segment.token != nullptr) return out_.push_back(segment.token->id);
      const bool at_start = text.at_start && segment.text.data() == text.text.data();
      if (!impl_.pre_tokenizer) return impl_.model->encode(segment.text, scratch_, out_);
      impl_.pre_tokenizer->split({segment.text, at_start},
                                 [&](Piece piece) { impl_.model->encode(piece.text, scratch_, out_); });
    });
  }

  const Tokenizer::Impl& impl_;
  ParseSpecial special_;
  Scratch scratch_;
  std::vector<TokenId> out_;
};

using Loader = Result<> (*)(const Json& metadata, Tokenizer::Impl& impl);

void finish_loading(Tokenizer::Impl& impl) {
  impl.size = impl.vocabulary.size();
  for (const auto& [id, piece] : impl.added_pieces)
    impl.size = std::max(impl.size, static_cast<size_t>(id) + 1);
  impl.takes_bytes = true;
  for (int byte = 0; byte < 256; byte++) {
    const std::optional<TokenId> id = impl.model->byte_id(static_cast<uint8_t>(byte));
    // An added token spelled like a byte decodes to its spelling, so it cannot stand for the byte.
    if (!id || impl.added_pieces.contains(*id)) impl.takes_bytes = false;
  }
}

}  // namespace

Result<> Tokenizer::Impl::add(const AddedToken& token) {
  const std::string_view piece = vocabulary.piece(token.id);
  if (!piece.empty() && piece != token.content) {
    return fail(Code::corrupt, "added token '{}' has id {}, which is '{}' in the vocabulary", token.content,
                token.id, piece);
  }
  if (token.content.empty() || !added_ids.emplace(token.content, token.id).second) return {};
  if (token.special) set_special(token.id);
  AddedToken entry = token;
  const bool normalizes = token.normalized && normalizer;
  if (normalizes) normalizer->apply(entry.content);
  // It decodes as the normalizer leaves it: what was in the text is not known any more (as tokenizers 0.23
  // does).
  added_pieces.emplace(token.id, entry.content);
  (token.normalized ? added_normalized : added_raw).add(std::move(entry));
  return {};
}

void Tokenizer::Impl::set_special(TokenId id) {
  if (special.size() <= static_cast<size_t>(id)) special.resize(static_cast<size_t>(id) + 1);
  special[static_cast<size_t>(id)] = true;
}

std::optional<TokenId> Tokenizer::Impl::find(std::string_view piece) const {
  const auto added = added_ids.find(std::string(piece));
  if (added != added_ids.end()) return added->second;
  return vocabulary.find(piece);
}

Tokenizer::Tokenizer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;
Tokenizer::~Tokenizer() = default;

Result<Tokenizer> Tokenizer::from_huggingface(const Json& tokenizer_json, const Json& tokenizer_config) {
  auto impl = std::make_unique<Impl>();
  TRY(load_huggingface(tokenizer_json, tokenizer_config, *impl));
  finish_loading(*impl);
  return Tokenizer(std::move(impl));
}

Result<Tokenizer> Tokenizer::from_gguf(const Json& metadata) {
  auto impl = std::make_unique<Impl>();
  TRY(load_gguf(metadata, *impl));
  finish_loading(*impl);
  return Tokenizer(std::move(impl));
}

Result<Tokenizer> Tokenizer::from_apr(const Json& metadata) {
  auto impl = std::make_unique<Impl>();
  TRY(load_apr(metadata, *impl));
  finish_loading(*impl);
  return Tokenizer(std::move(impl));
}

std::vector<TokenId> Tokenizer::encode(std::string_view text, const EncodeOptions& options) const {
  Encoding encoding(*impl_, options);
  std::vector<TokenId>& ids = encoding.ids();
  const std::vector<TokenId>&prefix = impl_->prefix, &suffix = impl_->suffix;
  ids.reserve(text.size() / 4 + prefix.size() + suffix.size() + 4);
  // Truncation counts the text's own ids, so the prefix waits until it is done.
  const bool prefix_first = options.add_special && !impl_->truncation;
  if (prefix_first) ids.insert(ids.end(), prefix.begin(), prefix.end());
  encoding.any_text(text);
  if (impl_->truncation) {
    impl_->truncation->apply(ids, options.add_special ? prefix.size() + suffix.size() : 0);
    if (options.add_special) ids.insert(ids.begin(), prefix.begin(), prefix.end());
  }
  if (options.add_special) ids.insert(ids.end(), suffix.begin(), suffix.end());
  if (impl_->padding) impl_->padding->apply(ids);
  return std::move(ids);
}

std::string Tokenizer::decode(std::span<const TokenId> ids, SkipSpecial skip) const {
  std::string text;
  const std::unique_ptr<DecodeStream> stream = impl_->decoder->start();
  for (TokenId id : ids) impl_->decode_one(id, skip, *stream, text);
  stream->finish(text);
  return text;
}

void Tokenizer::Impl::decode_one(TokenId id, SkipSpecial skip, DecodeStream& stream, std::string& out) const {
  if (skip == SkipSpecial::yes && id >= 0 && static_cast<size_t>(id) < special.size() && special[id]) return;
  const auto added = added_pieces.find(id);
  if (added != added_pieces.end()) return stream.push(added->second, Literal::yes, out);
  if (vocabulary.contains(id)) stream.push(vocabulary.piece(id), Literal::no, out);
}

size_t Tokenizer::vocab_size() const { return impl_->size; }

std::string_view Tokenizer::piece(TokenId id) const {
  const auto added = impl_->added_pieces.find(id);
  return added != impl_->added_pieces.end() ? std::string_view(added->second) : impl_->vocabulary.piece(id);
}

std::optional<TokenId> Tokenizer::id_of(std::string_view piece) const { return impl_->find(piece); }

bool Tokenizer::is_special(TokenId id) const {
  return id >= 0 && static_cast<size_t>(id) < impl_->special.size() &&
         impl_->special[static_cast<size_t>(id)];
}

std::optional<TokenId> Tokenizer::bos() const { return impl_->bos; }
std::optional<TokenId> Tokenizer::eos() const { return impl_->eos; }
std::string Tokenizer::description() const { return impl_->description; }

StreamDecoder::StreamDecoder(const Tokenizer& tokenizer, SkipSpecial skip)
    : tokenizer_(&tokenizer), skip_(skip), stream_(tokenizer.impl_->decoder->start()) {}
StreamDecoder::StreamDecoder(StreamDecoder&&) noexcept = default;
StreamDecoder& StreamDecoder::operator=(StreamDecoder&&) noexcept = default;
StreamDecoder::~StreamDecoder() = default;

std::string StreamDecoder::push(TokenId id) {
  tokenizer_->impl_->decode_one(id, skip_, *stream_, pending_);
  return take_complete();
}

std::string StreamDecoder::take_complete() {
  const size_t complete = utf8::complete_prefix(pending_);
  std::string text = utf8::replace_invalid(std::string_view(pending_).substr(0, complete));
  pending_.erase(0, complete);
  return text;
}

std::string StreamDecoder::finish() {
  stream_->finish(pending_);
  std::string text = utf8::replace_invalid(pending_);
  pending_.clear();
  return text;
}

}  // namespace sov::text
