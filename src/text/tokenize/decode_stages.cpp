#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/utf8.h"
#include "text/tokenize/byte_level.h"
#include "text/tokenize/byte_piece.h"
#include "text/tokenize/decode_chain.h"
#include "text/tokenize/pre_tokenizer.h"
#include "text/tokenize/regex.h"

namespace sov::text {
namespace {

/// Sees whole tokens only: an open one waits.
class TokenStage : public DecodeStage {
 public:
  void push(TokenPart part, PartSink next) override {
    if (open_.empty() && part.ends) return token(part.text, next);
    open_ += part.text;
    is_open_ = !part.ends;
    if (part.ends) close(next);
  }
  void finish(PartSink next) override {
    if (is_open_) close(next);
    end(next);
  }

 protected:
  virtual void token(std::string_view text, PartSink next) = 0;
  virtual void end(PartSink) {}

 private:
  void close(PartSink next) {
    const std::string text = std::exchange(open_, {});
    is_open_ = false;
    token(text, next);
  }
  std::string open_;
  bool is_open_ = false;
};

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string out;
  while (true) {
    const size_t at = text.find(from);
    out += text.substr(0, at);
    if (at == std::string_view::npos) return out;
    out += to;
    text.remove_prefix(at + from.size());
  }
}

class FuseStage final : public DecodeStage {
 public:
  void push(TokenPart part, PartSink next) override {
    if (!part.text.empty()) next({part.text, false});
  }
  void finish(PartSink next) override { next({"", true}); }
};

class ByteFallbackStage final : public TokenStage {
  void token(std::string_view text, PartSink next) override {
    if (const auto byte = byte_of_piece(text)) {
      bytes_.push_back(static_cast<char>(*byte));
      return;
    }
    end(next);
    next({text, true});
  }
  /// A run of bytes that is no UTF-8 gives a U+FFFD for every byte of it.
  void end(PartSink next) override {
    const std::string bytes = std::exchange(bytes_, {});
    if (bytes.empty()) return;
    if (utf8::is_valid(bytes)) return next({bytes, true});
    for (size_t i = 0; i < bytes.size(); i++) next({"\uFFFD", true});
  }
  std::string bytes_;
};

class ReplaceStage final : public TokenStage {
 public:
  ReplaceStage(const Regex& pattern, const std::string& content) : pattern_(pattern), content_(content) {}

 private:
  void token(std::string_view text, PartSink next) override {
    RegexSearch search(pattern_);
    std::string out;
    size_t done = 0;
    for (size_t from = 0; from <= text.size();) {
      const auto match = search.find(text, from);
      if (!match) break;
      const auto [begin, end] = *match;
      out += text.substr(done, begin - done);
      out += content_;
      done = from = end;
      if (begin == end) from += end < text.size() ? utf8::decode(text.substr(end)).length : 1;
    }
    out += text.substr(done);
    next({out, true});
  }
  const Regex& pattern_;
  const std::string& content_;
};

/// Takes up to `start` and `stop` of a character off the ends of each token; open tokens pass as they come.
class StripStage final : public DecodeStage {
 public:
  StripStage(std::string_view content, size_t start, size_t stop)
      : content_(content), start_(start), stop_(stop) {}

  void push(TokenPart part, PartSink next) override {
    std::string text = std::exchange(held_, {});
    text += part.text;
    std::string_view rest = text;
    while (taken_ < start_ && rest.starts_with(content_)) {
      rest.remove_prefix(content_.size());
      taken_++;
    }
    if (!rest.empty()) taken_ = start_;
    size_t tail = 0;  // what may be the end
    for (size_t i = 0; i < stop_ && rest.substr(0, rest.size() - tail).ends_with(content_); i++)
      tail += content_.size();
    if (!part.ends) held_ = rest.substr(rest.size() - tail);
    rest.remove_suffix(tail);
    if (part.ends) taken_ = 0;
    if (part.ends || !rest.empty()) next({rest, part.ends});
    is_open_ = !part.ends;
  }
  void finish(PartSink next) override {
    if (is_open_) push({"", true}, next);
  }

 private:
  std::string_view content_;
  size_t start_, stop_;
  size_t taken_ = 0;
  std::string held_;
  bool is_open_ = false;
};

/// Marks become spaces; in the first token, whose mark was made by encoding, they go.
class MetaspaceStage final : public TokenStage {
 public:
  MetaspaceStage(std::string_view mark, bool prepends) : mark_(mark), first_(prepends) {}

 private:
  void token(std::string_view text, PartSink next) override {
    next({replaced(text, mark_, std::exchange(first_, false) ? "" : " "), true});
  }
  std::string_view mark_;
  bool first_;
};

/// English spacing, token by token.
std::string cleaned_up(std::string text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kRules = {{{" .", "."},
                                                                                     {" ?", "?"},
                                                                                     {" !", "!"},
                                                                                     {" ,", ","},
                                                                                     {" ' ", "'"},
                                                                                     {" n't", "n't"},
                                                                                     {" 'm", "'m"},
                                                                                     {" do not", " don't"},
                                                                                     {" 's", "'s"},
                                                                                     {" 've", "'ve"},
                                                                                     {" 're", "'re"}}};
  for (const auto& [from, to] : kRules) text = replaced(text, from, to);
  return text;
}

class WordPieceStage final : public TokenStage {
 public:
  WordPieceStage(std::string_view prefix, bool cleanup) : prefix_(prefix), cleanup_(cleanup) {}

 private:
  void token(std::string_view text, PartSink next) override {
    std::string out;
    const bool continues = !first_ && !prefix_.empty() && text.starts_with(prefix_);
    if (continues) text.remove_prefix(prefix_.size());
    if (!first_ && !continues) out = ' ';
    out += text;
    first_ = false;
    next({cleanup_ ? cleaned_up(std::move(out)) : out, true});
  }
  std::string_view prefix_;
  bool cleanup_, first_ = true;
};

/// The end-of-word suffix is a space, but not in the last token, which therefore waits.
class BpeStage final : public TokenStage {
 public:
  explicit BpeStage(std::string_view suffix) : suffix_(suffix) {}

 private:
  void token(std::string_view text, PartSink next) override {
    if (last_) next({replaced(*last_, suffix_, " "), true});
    last_ = text;
  }
  void end(PartSink next) override {
    if (last_) next({replaced(*last_, suffix_, ""), true});
    last_.reset();
  }
  std::string_view suffix_;
  std::optional<std::string> last_;
};

class CtcStage final : public TokenStage {
 public:
  CtcStage(std::string_view pad, std::string_view word_delimiter, bool cleanup)
      : pad_(pad), word_delimiter_(word_delimiter), cleanup_(cleanup) {}

 private:
  void token(std::string_view text, PartSink next) override {
    if (previous_ == text) return;
    previous_ = text;
    std::string out = replaced(text, pad_, "");
    if (cleanup_) out = replaced(cleaned_up(std::move(out)), word_delimiter_, " ");
    if (!out.empty()) next({out, true});
  }
  std::string_view pad_, word_delimiter_;
  bool cleanup_;
  std::optional<std::string> previous_;
};

/// All tokens become one, of bytes; a token with a character that is no byte's stands for itself.
class ByteLevelStage final : public TokenStage {
  void token(std::string_view text, PartSink next) override {
    const auto bytes = byte_level_bytes(text);
    if (!text.empty()) next({bytes ? std::string_view(*bytes) : text, false});
  }
  void end(PartSink next) override { next({"", true}); }
};

/// A stage made by a callable.
template <typename Make>
class Factory final : public StageFactory {
 public:
  explicit Factory(Make make) : make_(std::move(make)) {}
  std::unique_ptr<DecodeStage> start() const override { return make_(); }

 private:
  Make make_;
};

using Stages = std::vector<std::unique_ptr<StageFactory>>;

template <typename Make>
Stages one(Make make) {
  Stages stages;
  stages.push_back(std::make_unique<Factory<Make>>(std::move(make)));
  return stages;
}

Result<Stages> load_sequence(const Json& component) {
  const Json* list = component.find("decoders");
  if (list == nullptr || !list->is_array()) return fail(Code::corrupt, "Sequence: no array 'decoders'");
  Stages all;
  for (const Json& item : list->items()) {
    TRY(Stages stages, load_decode_stages(item));
    for (auto& stage : stages) all.push_back(std::move(stage));
  }
  return all;
}

Result<Stages> load_replace(const Json& component) {
  const Json* pattern = component.find("pattern");
  if (pattern == nullptr || !pattern->is_object()) return fail(Code::corrupt, "Replace: no pattern");
  TRY(std::string content, component.get_string("content"));
  const auto stage = [&](Regex regex) {
    return one(
        [regex = std::move(regex), content] { return std::make_unique<ReplaceStage>(regex, content); });
  };
  if (pattern->find("String") != nullptr) {
    TRY(const std::string literal, pattern->get_string("String"));
    return stage(Regex::literal(literal));
  }
  TRY(const std::string source, pattern->get_string("Regex"));
  TRY(Regex regex, Regex::compile(source));
  return stage(std::move(regex));
}

Result<Stages> load_strip(const Json& component) {
  TRY(const std::string content, component.get_string("content"));
  TRY(const int64_t start, component.get_int("start"));
  TRY(const int64_t stop, component.get_int("stop"));
  if (content.empty() || start < 0 || stop < 0)
    return fail(Code::corrupt, "Strip: content '{}', start {}, stop {}", content, start, stop);
  return one([content, start, stop] {
    return std::make_unique<StripStage>(content, static_cast<size_t>(start), static_cast<size_t>(stop));
  });
}

Result<Stages> load_metaspace(const Json& component) {
  TRY(const std::string mark, component.string_or("replacement", "\u2581"));
  TRY(const PrependScheme scheme, prepend_scheme_of(component));
  if (mark.empty()) return fail(Code::corrupt, "Metaspace: empty replacement");
  const bool prepends = scheme != PrependScheme::never;
  return one([mark, prepends] { return std::make_unique<MetaspaceStage>(mark, prepends); });
}

Result<Stages> load_word_piece(const Json& component) {
  TRY(const std::string prefix, component.string_or("prefix", "##"));
  TRY(const bool cleanup, component.bool_or("cleanup", true));
  return one([prefix, cleanup] { return std::make_unique<WordPieceStage>(prefix, cleanup); });
}

Result<Stages> load_bpe(const Json& component) {
  TRY(const std::string suffix, component.string_or("suffix", "</w>"));
  if (suffix.empty()) return fail(Code::corrupt, "BPEDecoder: empty suffix");
  return one([suffix] { return std::make_unique<BpeStage>(suffix); });
}

Result<Stages> load_ctc(const Json& component) {
  TRY(const std::string pad, component.string_or("pad_token", "<pad>"));
  TRY(const std::string delimiter, component.string_or("word_delimiter_token", "|"));
  TRY(const bool cleanup, component.bool_or("cleanup", true));
  if (pad.empty() || delimiter.empty()) return fail(Code::corrupt, "CTC: empty pad or word delimiter");
  return one([=] { return std::make_unique<CtcStage>(pad, delimiter, cleanup); });
}

}  // namespace

Result<Stages> load_decode_stages(const Json& component) {
  TRY(const std::string type, component.get_string("type"));
  if (type == "Sequence") return load_sequence(component);
  if (type == "ByteFallback") return one([] { return std::make_unique<ByteFallbackStage>(); });
  if (type == "Fuse") return one([] { return std::make_unique<FuseStage>(); });
  if (type == "ByteLevel") return one([] { return std::make_unique<ByteLevelStage>(); });
  if (type == "Replace") return load_replace(component);
  if (type == "Strip") return load_strip(component);
  if (type == "Metaspace") return load_metaspace(component);
  if (type == "WordPiece") return load_word_piece(component);
  if (type == "BPEDecoder") return load_bpe(component);
  if (type == "CTC") return load_ctc(component);
  return fail(Code::unsupported, "decoder '{}'", type);
}

}  // namespace sov::text
