#include "text/tokenize/pre_tokenizer.h"

#include "core/utf8.h"
#include "text/tokenize/byte_level.h"
#include "text/tokenize/older_unicode.h"
#include "text/tokenize/patterns.h"
#include "text/tokenize/regex.h"
#include "text/tokenize/splitters.h"
#include "text/tokenize/unicode.h"

namespace sov::text {
namespace {

struct Span {
  size_t begin, end;
};
using MatchSink = FunctionRef<void(Span, bool is_match)>;

Piece part(Piece whole, Span span) {
  return {whole.text.substr(span.begin, span.end - span.begin), whole.at_start && span.begin == 0};
}

void emit_part(Piece whole, Span span, PieceSink emit) {
  if (span.begin != span.end) emit(part(whole, span));
}

// The three behaviours that join neighbours; spans come as (span, is_match) covering the whole piece.
std::vector<Span> joined(const std::vector<std::pair<Span, bool>>& spans, SplitBehavior behavior) {
  std::vector<Span> out;
  if (behavior == SplitBehavior::contiguous) {
    for (size_t i = 0; i < spans.size(); i++) {
      const bool joins = i > 0 && spans[i].second == spans[i - 1].second;
      if (joins) out.back().end = spans[i].first.end;
      if (!joins) out.push_back(spans[i].first);
    }
    return out;
  }
  const bool backward = behavior == SplitBehavior::merged_with_next;
  bool previous_match = false;
  for (size_t i = 0; i < spans.size(); i++) {
    const auto& [span, is_match] = spans[backward ? spans.size() - 1 - i : i];
    if (is_match && !previous_match && !out.empty()) {
      backward ? out.back().begin = span.begin : out.back().end = span.end;
    } else {
      out.push_back(span);
    }
    previous_match = is_match;
  }
  if (backward) std::vector<Span>(out.rbegin(), out.rend()).swap(out);
  return out;
}

/// Splits by whatever the derived class calls a match.
class MatchSplit : public PreTokenizer {
 public:
  MatchSplit(SplitBehavior behavior, Invert invert) : behavior_(behavior), invert_(invert == Invert::yes) {}

  void split(Piece piece, PieceSink emit) const override {
    if (behavior_ == SplitBehavior::isolated) {
      matches(piece.text, [&](Span span, bool) { emit_part(piece, span, emit); });
      return;
    }
    if (behavior_ == SplitBehavior::removed) {
      matches(piece.text, [&](Span span, bool is_match) {
        if (is_match == invert_) emit_part(piece, span, emit);
      });
      return;
    }
    std::vector<std::pair<Span, bool>> spans;
    matches(piece.text, [&](Span span, bool is_match) { spans.emplace_back(span, is_match != invert_); });
    for (Span span : joined(spans, behavior_)) emit_part(piece, span, emit);
  }

 private:
  /// Covers the text from left to right with matches and the gaps between them.
  virtual void matches(std::string_view text, MatchSink sink) const = 0;
  SplitBehavior behavior_;
  bool invert_;
};

class RegexSplit final : public MatchSplit {
 public:
  RegexSplit(Regex regex, SplitBehavior behavior, Invert invert)
      : MatchSplit(behavior, invert), regex_(std::move(regex)) {}

 private:
  void matches(std::string_view text, MatchSink sink) const override {
    RegexSearch search(regex_);
    size_t done = 0, from = 0;
    bool any = false;
    while (from <= text.size()) {
      const auto match = search.find(text, from);
      if (!match) break;
      const auto [begin, end] = *match;
      // An empty match right behind the previous one is not counted; either way the search moves on a
      // character.
      const bool repeats = begin == end && any && begin == done;
      if (!repeats) {
        if (begin > done) sink({done, begin}, false);
        sink({begin, end}, true);
        done = end;
        any = true;
      }
      from = end;
      if (begin == end) from += end < text.size() ? utf8::decode(text.substr(end)).length : 1;
    }
    if (done < text.size()) sink({done, text.size()}, false);
  }
  Regex regex_;
};

/// Splits by a hand-written matcher.
class KnownSplit final : public MatchSplit {
 public:
  KnownSplit(const KnownPattern& known, SplitBehavior behavior, Invert invert)
      : MatchSplit(behavior, invert), match_at_(known.match_at), skip_(known.skip) {}

 private:
  void matches(std::string_view text, MatchSink sink) const override {
    size_t done = 0;
    for (size_t at = 0; at < text.size();) {
      const size_t end = match_at_(text, at);
      if (end == at) {
        at = skip_ != nullptr ? skip_(text, at) : at + utf8::decode(text.substr(at)).length;
        continue;
      }
      if (at > done) sink({done, at}, false);
      sink({at, end}, true);
      done = at = end;
    }
    if (done < text.size()) sink({done, text.size()}, false);
  }
  MatchAt match_at_, skip_;
};

/// Every character of a class is a match of its own.
class CharSplit final : public MatchSplit {
 public:
  CharSplit(bool (*is_match)(uint32_t), SplitBehavior behavior)
      : MatchSplit(behavior, Invert::no), is_match_(is_match) {}

 private:
  void matches(std::string_view text, MatchSink sink) const override {
    size_t done = 0;
    for (size_t at = 0; at < text.size();) {
      const utf8::Decoded c = utf8::decode(text.substr(at));
      if (is_match_(c.code_point)) {
        if (at > done) sink({done, at}, false);
        sink({at, at + c.length}, true);
        done = at + c.length;
      }
      at += c.length;
    }
    if (done < text.size()) sink({done, text.size()}, false);
  }
  bool (*is_match_)(uint32_t);
};

class Sequence final : public PreTokenizer {
 public:
  explicit Sequence(std::vector<std::unique_ptr<PreTokenizer>> stages) : stages_(std::move(stages)) {}
  void split(Piece piece, PieceSink emit) const override { run(0, piece, emit); }

 private:
  void run(size_t stage, Piece piece, PieceSink emit) const {
    if (stage == stages_.size()) return emit(piece);
    stages_[stage]->split(piece, [&](Piece part) { run(stage + 1, part, emit); });
  }
  std::vector<std::unique_ptr<PreTokenizer>> stages_;
};

/// Pieces of a number of characters.
class FixedLength final : public PreTokenizer {
 public:
  explicit FixedLength(size_t length) : length_(length) {}
  void split(Piece piece, PieceSink emit) const override {
    size_t begin = 0, characters = 0;
    for (size_t at = 0; at < piece.text.size();) {
      at += utf8::decode(piece.text.substr(at)).length;
      if (++characters < length_ && at < piece.text.size()) continue;
      emit(part(piece, {begin, at}));
      begin = at;
      characters = 0;
    }
  }

 private:
  size_t length_;
};

class AddPrefixSpace final : public PreTokenizer {
 public:
  void split(Piece piece, PieceSink emit) const override {
    if (piece.text.starts_with(' ')) return emit(piece);
    const std::string text = ' ' + std::string(piece.text);
    emit({text, piece.at_start});
  }
};

class ByteChars final : public PreTokenizer {
 public:
  void split(Piece piece, PieceSink emit) const override {
    const std::string text = byte_level_text(piece.text);
    emit({text, piece.at_start});
  }
};

class Metaspace final : public PreTokenizer {
 public:
  Metaspace(std::string replacement, PrependScheme scheme, bool cut)
      : replacement_(std::move(replacement)), scheme_(scheme) {
    if (cut) cut_.emplace(Regex::literal(replacement_), SplitBehavior::merged_with_next, Invert::no);
  }

  void split(Piece piece, PieceSink emit) const override {
    std::string text;
    text.reserve(piece.text.size() + piece.text.size() / 4 + replacement_.size());
    for (char byte : piece.text) {
      if (byte == ' ') text += replacement_;
      if (byte != ' ') text += byte;
    }
    const bool wanted =
        scheme_ == PrependScheme::always || (scheme_ == PrependScheme::first && piece.at_start);
    if (wanted && !text.starts_with(replacement_)) text.insert(0, replacement_);
    if (cut_) return cut_->split({text, piece.at_start}, emit);
    emit({text, piece.at_start});
  }

 private:
  std::string replacement_;
  PrependScheme scheme_;
  std::optional<RegexSplit> cut_;
};

Result<SplitBehavior> behavior_of(const Json& component, std::string fallback) {
  TRY(const std::string name, component.string_or("behavior", std::move(fallback)));
  if (name == "Removed") return SplitBehavior::removed;
  if (name == "Isolated") return SplitBehavior::isolated;
  if (name == "MergedWithPrevious") return SplitBehavior::merged_with_previous;
  if (name == "MergedWithNext") return SplitBehavior::merged_with_next;
  if (name == "Contiguous") return SplitBehavior::contiguous;
  return fail(Code::unsupported, "split behavior '{}'", name);
}

Result<PreTokenizerPlan> load_split(const Json& component) {
  const Json* pattern = component.find("pattern");
  if (pattern == nullptr || !pattern->is_object()) return fail(Code::corrupt, "Split: no pattern");
  TRY(const SplitBehavior behavior, behavior_of(component, ""));
  TRY(const bool invert, component.bool_or("invert", false));
  const Invert inverted = invert ? Invert::yes : Invert::no;
  if (pattern->find("String") != nullptr) {
    TRY(const std::string literal, pattern->get_string("String"));
    return PreTokenizerPlan{make_literal_split(literal, behavior, inverted), false};
  }
  TRY(const std::string source, pattern->get_string("Regex"));
  TRY(auto stage, make_split(source, behavior, inverted));
  return PreTokenizerPlan{std::move(stage), false};
}

Result<PreTokenizerPlan> load_byte_level(const Json& component) {
  TRY(const bool prefix, component.bool_or("add_prefix_space", true));
  TRY(const bool use_regex, component.bool_or("use_regex", true));
  std::vector<std::unique_ptr<PreTokenizer>> stages;
  if (prefix) stages.push_back(make_add_prefix_space());
  if (use_regex) {
    TRY(auto split, make_split(pattern::kGpt2, SplitBehavior::isolated));
    stages.push_back(std::move(split));
  }
  return PreTokenizerPlan{make_sequence(std::move(stages)), true};
}

Result<PreTokenizerPlan> load_sequence(const Json& component) {
  const Json* list = component.find("pretokenizers");
  if (list == nullptr || !list->is_array()) return fail(Code::corrupt, "Sequence: no array 'pretokenizers'");
  std::vector<std::unique_ptr<PreTokenizer>> stages;
  bool byte_level = false;
  for (const Json& item : list->items()) {
    TRY(PreTokenizerPlan plan, load_pre_tokenizer(item));
    if (byte_level) stages.push_back(make_byte_chars());
    if (plan.stage) stages.push_back(std::move(plan.stage));
    byte_level = plan.byte_level;
  }
  return PreTokenizerPlan{make_sequence(std::move(stages)), byte_level};
}

std::unique_ptr<PreTokenizer> char_split(bool (*is_match)(uint32_t), SplitBehavior behavior) {
  return std::make_unique<CharSplit>(is_match, behavior);
}

Result<PreTokenizerPlan> load_metaspace(const Json& component) {
  TRY(std::string replacement, component.string_or("replacement", "\u2581"));
  if (replacement.empty()) return fail(Code::corrupt, "Metaspace: empty replacement");
  TRY(const PrependScheme scheme, prepend_scheme_of(component));
  TRY(const bool cut, component.bool_or("split", true));
  return PreTokenizerPlan{std::make_unique<Metaspace>(std::move(replacement), scheme, cut), false};
}

/// \w+|[^\w\s]+
size_t word_or_others(std::string_view text, size_t at) {
  const auto kind = [](uint32_t c) { return is_word(c) ? 0 : is_space(c) ? 1 : 2; };
  utf8::Decoded c = utf8::decode(text.substr(at));
  const int first = kind(c.code_point);
  while (first != 1 && at < text.size()) {
    c = utf8::decode(text.substr(at));
    if (kind(c.code_point) != first) break;
    at += c.length;
  }
  return at;
}

std::unique_ptr<PreTokenizer> make_words_and_others() {
  return std::make_unique<KnownSplit>(KnownPattern{"", word_or_others}, SplitBehavior::removed, Invert::yes);
}

std::unique_ptr<PreTokenizer> make_bert() {
  std::vector<std::unique_ptr<PreTokenizer>> stages;
  stages.push_back(char_split(is_space, SplitBehavior::removed));
  stages.push_back(char_split(older::is_bert_punctuation, SplitBehavior::isolated));
  return std::make_unique<Sequence>(std::move(stages));
}

/// The types that have no options; null for any other.
std::unique_ptr<PreTokenizer> without_options(std::string_view type) {
  if (type == "WhitespaceSplit") return char_split(is_space, SplitBehavior::removed);
  if (type == "BertPreTokenizer") return make_bert();
  if (type == "Whitespace") return make_words_and_others();
  return nullptr;
}

}  // namespace

std::unique_ptr<PreTokenizer> make_literal_split(std::string_view text, SplitBehavior behavior,
                                                 Invert invert) {
  return std::make_unique<RegexSplit>(Regex::literal(text), behavior, invert);
}

Result<std::unique_ptr<PreTokenizer>> make_split(std::string_view pattern, SplitBehavior behavior,
                                                 Invert invert) {
  const KnownPattern* known = known_pattern(pattern);
  const bool isolates = behavior == SplitBehavior::isolated && invert == Invert::no;
  if (known != nullptr && (isolates || !known->matches_empty))
    return std::make_unique<KnownSplit>(*known, behavior, invert);
  TRY(Regex regex, Regex::compile(pattern));
  return std::make_unique<RegexSplit>(std::move(regex), behavior, invert);
}

std::unique_ptr<PreTokenizer> make_sequence(std::vector<std::unique_ptr<PreTokenizer>> stages) {
  if (stages.empty()) return nullptr;
  if (stages.size() == 1) return std::move(stages[0]);
  return std::make_unique<Sequence>(std::move(stages));
}

std::unique_ptr<PreTokenizer> make_add_prefix_space() { return std::make_unique<AddPrefixSpace>(); }
std::unique_ptr<PreTokenizer> make_byte_chars() { return std::make_unique<ByteChars>(); }

Result<PrependScheme> prepend_scheme_of(const Json& component) {
  // Files from before prepend_scheme say add_prefix_space.
  TRY(const bool prefix, component.bool_or("add_prefix_space", true));
  TRY(const std::string name, component.string_or("prepend_scheme", prefix ? "always" : "never"));
  if (name == "always") return PrependScheme::always;
  if (name == "first") return PrependScheme::first;
  if (name == "never") return PrependScheme::never;
  return fail(Code::unsupported, "Metaspace prepend_scheme '{}'", name);
}

Result<PreTokenizerPlan> load_pre_tokenizer(const Json& component) {
  if (component.is_null()) return PreTokenizerPlan{};
  TRY(const std::string type, component.get_string("type"));
  if (type == "Sequence") return load_sequence(component);
  if (type == "ByteLevel") return load_byte_level(component);
  if (type == "Split") return load_split(component);
  if (type == "Metaspace") return load_metaspace(component);
  if (auto stage = without_options(type)) return PreTokenizerPlan{std::move(stage), false};
  if (type == "Digits") {
    TRY(const bool individual, component.bool_or("individual_digits", false));
    return PreTokenizerPlan{
        char_split(older::is_digit, individual ? SplitBehavior::isolated : SplitBehavior::contiguous), false};
  }
  if (type == "Punctuation") {
    TRY(const SplitBehavior behavior, behavior_of(component, "Isolated"));
    return PreTokenizerPlan{char_split(older::is_bert_punctuation, behavior), false};
  }
  if (type == "CharDelimiterSplit") {
    TRY(const std::string delimiter, component.get_string("delimiter"));
    return PreTokenizerPlan{make_literal_split(delimiter, SplitBehavior::removed, Invert::no), false};
  }
  if (type == "FixedLength") {
    TRY(const int64_t length, component.int_or("length", 5));
    if (length <= 0) return fail(Code::corrupt, "FixedLength: length {}", length);
    return PreTokenizerPlan{std::make_unique<FixedLength>(static_cast<size_t>(length)), false};
  }
  return fail(Code::unsupported, "pre-tokenizer '{}'", type);
}

}  // namespace sov::text
