#include "transpiler/emit/temporaries.h"

#include <algorithm>

#include "core/format.h"
#include "transpiler/emit/layout.h"
#include "transpiler/emit/words.h"

namespace sov::transpiler {
namespace {

/// Behind what begins at `at` and holds no names: a comment, a string, a character; otherwise `at` + 1.
size_t skipped(std::string_view text, size_t at) {
  if (text.substr(at, 2) == "//") return std::min(text.find('\n', at), text.size());
  return std::max(past_literal(text, at), at + 1);
}

}  // namespace

Temporaries::Temporaries(std::string_view python)
    // A name made of i and 64 would be that of a type.
    : source_words_{"i8", "i16", "i32", "i64", "i128", "u8", "u16", "u32", "u64", "u128", "f32", "f64"} {
  for (size_t at = 0; at < python.size();) {
    const size_t end = word_end(python, at);
    if (end > at && is_digit(python[end - 1]) && !is_digit(python[at]))
      source_words_.emplace(python.substr(at, end - at));
    at = std::max(end, at + 1);
  }
}

std::string Temporaries::make(std::string_view stem) {
  std::string name;
  do name = strf("{}{}", stem, ++count_);
  while (source_words_.contains(name));
  stems_.try_emplace(name, stem);
  return name;
}

void Temporaries::restart() {
  count_ = 0;
  stems_.clear();
}

std::string Temporaries::in_order(std::string_view rust) const {
  std::unordered_map<std::string, std::string> renamed;
  Temporaries fresh{""};
  fresh.source_words_ = source_words_;
  std::string out;
  out.reserve(rust.size());
  for (size_t at = 0; at < rust.size();) {
    size_t end = word_end(rust, at);
    if (end == at) {
      end = skipped(rust, at);
      out += rust.substr(at, end - at);
    } else {
      const std::string word(rust.substr(at, end - at));
      const auto made = stems_.find(word);
      if (made == stems_.end()) {
        out += word;
      } else {
        std::string& name = renamed[word];
        if (name.empty()) name = fresh.make(made->second);
        out += name;
      }
    }
    at = end;
  }
  return out;
}

}  // namespace sov::transpiler
