// Breaks a line into shorter ones as Python's textwrap.wrap does (white space kept inside a line, dropped
// where a line breaks).

#include <algorithm>

#include "text/jinja/filters.h"
#include "text/jinja/unicode_text.h"

namespace sov::text::jinja {
namespace {

using Points = std::vector<uint32_t>;

bool is_blank(uint32_t cp) { return cp == ' ' || (cp >= '\t' && cp <= '\r'); }
bool is_word(uint32_t cp) { return cp == '_' || is_alnum(cp); }
bool is_letter(uint32_t cp) { return is_word(cp) && !is_decimal(cp); }
bool is_word_or_mark(uint32_t cp) {
  constexpr std::string_view kMarks = "!\"'&.,?";
  return is_word(cp) || (cp < 0x80 && kMarks.find(static_cast<char>(cp)) != std::string_view::npos);
}

/// Where chunks end: at white space, after hyphens within words, around dashes of two or more hyphens.
class Chunks {
 public:
  Chunks(const Points& text, bool break_on_hyphens) : text_(text), hyphens_(break_on_hyphens) {}

  std::vector<Points> all() const {
    std::vector<Points> chunks;
    for (size_t at = 0; at < text_.size();) {
      const size_t end = chunk_end(at);
      chunks.emplace_back(text_.begin() + static_cast<std::ptrdiff_t>(at),
                          text_.begin() + static_cast<std::ptrdiff_t>(end));
      at = end;
    }
    return chunks;
  }

 private:
  bool test(size_t at, bool (*is)(uint32_t)) const { return at < text_.size() && is(text_[at]); }
  bool hyphen(size_t at) const { return at < text_.size() && text_[at] == '-'; }

  /// End of a run of two or more hyphens that a word follows, else 0.
  size_t dash_end(size_t at) const {
    size_t end = at;
    while (hyphen(end)) end++;
    return end - at >= 2 && test(end, is_word) ? end : 0;
  }

  size_t chunk_end(size_t at) const {
    if (is_blank(text_[at])) {
      while (test(at, is_blank)) at++;
      return at;
    }
    if (!hyphens_) {
      while (at < text_.size() && !is_blank(text_[at])) at++;
      return at;
    }
    if (at > 0 && is_word_or_mark(text_[at - 1])) {
      if (const size_t end = dash_end(at); end != 0) return end;
    }
    for (size_t end = at + 1; end <= text_.size(); end++) {
      if (breaks_after_hyphen(at, end)) return end + 1;
      if (end == text_.size() || is_blank(text_[end])) return end;
      if (is_word_or_mark(text_[end - 1]) && dash_end(end) != 0) return end;
    }
    return text_.size();
  }

  /// A hyphen at `at` with two letters (or a letter, a hyphen and a word character) before it and a word
  /// behind.
  bool breaks_after_hyphen(size_t, size_t at) const {
    if (!hyphen(at)) return false;
    const bool two_letters = at >= 2 && is_letter(text_[at - 1]) && is_letter(text_[at - 2]);
    const bool nested =
        at >= 3 && is_word_or_mark(text_[at - 1]) && text_[at - 2] == '-' && is_letter(text_[at - 3]);
    if (!two_letters && !nested) return false;
    if (!test(at + 1, is_letter)) return false;
    return test(at + 2, is_letter) || (hyphen(at + 2) && test(at + 3, is_letter));
  }

  const Points& text_;
  bool hyphens_;
};

bool all_blank(const Points& chunk) { return strip(to_utf8(chunk), Side::both).empty(); }

/// Where to cut a chunk that is too long for a line, so that `room` code points stay on this one.
size_t cut_at(const Points& chunk, size_t room, bool break_on_hyphens) {
  if (!break_on_hyphens || chunk.size() <= room) return room;
  size_t hyphen = room;
  while (hyphen > 0 && chunk[hyphen - 1] != '-') hyphen--;
  if (hyphen <= 1) return room;
  const bool other = std::any_of(chunk.begin(), chunk.begin() + static_cast<std::ptrdiff_t>(hyphen) - 1,
                                 [](uint32_t cp) { return cp != '-'; });
  return other ? hyphen : room;
}

}  // namespace

Result<std::vector<std::string>> wrap_line(Runtime& rt, const std::string& line, const WrapStyle& style) {
  if (style.width <= 0) return misuse("invalid width {} (must be > 0)", style.width);
  TRY(rt.step(line.size()));
  std::vector<Points> chunks = Chunks(code_points(line), style.break_on_hyphens).all();
  std::reverse(chunks.begin(), chunks.end());  // the next one is at the back
  const auto width = static_cast<size_t>(style.width);
  std::vector<std::string> lines;
  while (!chunks.empty()) {
    TRY(rt.step());
    std::vector<Points> current;
    size_t length = 0;
    if (!lines.empty() && all_blank(chunks.back())) chunks.pop_back();
    while (!chunks.empty() && length + chunks.back().size() <= width) {
      length += chunks.back().size();
      current.push_back(std::move(chunks.back()));
      chunks.pop_back();
    }
    if (!chunks.empty() && chunks.back().size() > width) {
      Points& chunk = chunks.back();
      if (style.break_long_words) {
        const size_t cut = cut_at(chunk, width - length, style.break_on_hyphens);
        const auto middle = chunk.begin() + static_cast<std::ptrdiff_t>(cut);
        TRY(rt.step(chunk.size() / 8));
        current.emplace_back(chunk.begin(), middle);
        chunk.erase(chunk.begin(), middle);
      } else if (current.empty()) {
        current.push_back(std::move(chunk));
        chunks.pop_back();
      }
    }
    if (!current.empty() && all_blank(current.back())) current.pop_back();
    if (current.empty()) continue;
    std::string text;
    for (const Points& chunk : current) text += to_utf8(chunk);
    lines.push_back(std::move(text));
  }
  return lines;
}

}  // namespace sov::text::jinja
