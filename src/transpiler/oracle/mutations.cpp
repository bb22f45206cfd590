#include "transpiler/mutations.h"

#include <array>
#include <cctype>

#include "core/rng.h"
#include "transpiler/oracle/rust_text.h"

namespace sov::transpiler {
namespace {

/// `from` is replaced by `to` at one of its places.
struct Pattern {
  std::string_view kind, from, to;
};

constexpr std::array kPatterns{
    Pattern{"drop-clone", ".clone()", ""},
    Pattern{"drop-mut", "let mut ", "let "},
    Pattern{"drop-borrow", "(&", "("},
    Pattern{"drop-borrow", ", &", ", "},
    Pattern{"drop-borrow-mut", "&mut ", ""},
    Pattern{"weaken-borrow", "&mut ", "&"},
    Pattern{"add-borrow", "(", "(&"},
    Pattern{"drop-question", ")?", ")"},
    Pattern{"drop-dereference", "(*", "("},
    Pattern{"drop-dereference", " *", " "},
    Pattern{"drop-conversion", ".into()", ""},
    Pattern{"drop-conversion", ".to_str()", ""},
    Pattern{"drop-conversion", ".to_string()", ""},
    Pattern{"drop-conversion", ".to_value()", ""},
    Pattern{"drop-conversion", ".into_vec()", ""},
    Pattern{"drop-conversion", " as f64", ""},
    Pattern{"drop-conversion", " as i64", ""},
    Pattern{"drop-conversion", " as usize", ""},
    Pattern{"drop-truth", ".truth()", ""},
    Pattern{"change-type", ": i64", ": f64"},
    Pattern{"change-type", ": f64", ": i64"},
    Pattern{"change-type", ": Str", ": i64"},
    Pattern{"change-type", ": bool", ": i64"},
    Pattern{"change-type", "List<i64>", "List<Str>"},
    Pattern{"change-type", "Option<Str>", "Str"},
    Pattern{"drop-semicolon", ";\n", "\n"},
    Pattern{"drop-brace", " {\n", "\n"},
    Pattern{"float-literal", " 1;", " 1.0;"},
    Pattern{"float-literal", ", 1)", ", 1.0)"},
    Pattern{"float-literal", " 0;", " 0.0;"},
    Pattern{"integer-literal", ".0", ""},
};

struct Place {
  std::string_view kind;
  std::vector<Edit> edits;
};
using Places = std::vector<Place>;

class Finder {
 public:
  explicit Finder(std::string_view rust) : rust_(rust), code_(code_mask(rust)), end_(program_end(rust)) {}

  /// By kind, so that rare kinds are drawn as often as common ones.
  std::vector<std::pair<std::string_view, Places>> find() {
    for (const Pattern& pattern : kPatterns) {
      each(pattern.from,
           [&](size_t at) { add(pattern.kind, {{at, at + pattern.from.size(), std::string(pattern.to)}}); });
    }
    unwrap("drop-some", "Some(");
    unwrap("drop-ok", "Ok(");
    unwrap("drop-literal", "Str::lit(");
    imports();
    words();
    arguments();
    return std::move(found_);
  }

 private:
  template <typename Body>
  void each(std::string_view from, Body&& body) {
    for (size_t at = rust_.find(from); at < end_; at = rust_.find(from, at + 1)) {
      if (code_[at] && rust_.substr(at, 2) != "&&") body(at);
    }
  }

  void add(std::string_view kind, std::vector<Edit> edits) {
    for (auto& [name, places] : found_) {
      if (name != kind) continue;
      places.push_back({kind, std::move(edits)});
      return;
    }
    found_.emplace_back(kind, Places{{kind, std::move(edits)}});
  }

  void unwrap(std::string_view kind, std::string_view opening) {
    each(opening, [&](size_t at) {
      if (at > 0 && (is_word_byte(rust_[at - 1]) || rust_[at - 1] == ':')) return;
      const auto close = closing(rust_, code_, at + opening.size() - 1);
      if (close && *close > at + opening.size())
        add(kind, {{at, at + opening.size(), ""}, {*close, *close + 1, ""}});
    });
  }

  void imports() {
    each("\nuse ", [&](size_t at) { add("drop-import", {{at, rust_.find('\n', at + 1), ""}}); });
  }

  /// A local name loses its last letter at one place.
  void words() {
    for (size_t i = 0; i < end_; ++i) {
      if (!code_[i] || !is_word_byte(rust_[i])) continue;
      const size_t begin = i;
      while (i < end_ && is_word_byte(rust_[i])) ++i;
      const bool lower = std::islower(static_cast<unsigned char>(rust_[begin])) != 0;
      const bool path = begin > 0 && (rust_[begin - 1] == ':' || rust_[begin - 1] == '#');
      if (lower && i - begin >= 5 && !path && rust_.substr(begin, 6) != "return" &&
          line_at(rust_, begin).find("#![") == std::string_view::npos)
        add(rust_[begin - 1] == '.' ? "misspell-method" : "misspell-name", {{i - 1, i, ""}});
    }
  }

  void arguments() {
    each(", ", [&](size_t at) {
      size_t end = at + 2;
      while (end < end_ && (is_word_byte(rust_[end]) || rust_[end] == '&')) ++end;
      if (end < end_ && rust_[end] == ')') add("drop-argument", {{at, end, ""}});
    });
  }

  std::string_view rust_;
  std::vector<bool> code_;
  size_t end_;
  std::vector<std::pair<std::string_view, Places>> found_;
};

}  // namespace

std::vector<Mutation> mutations(std::string_view rust, size_t count, uint64_t seed) {
  auto kinds = Finder(rust).find();
  Rng rng(seed);
  std::vector<Mutation> out;
  while (out.size() < count && !kinds.empty()) {
    const size_t kind = rng.below(kinds.size());
    Places& places = kinds[kind].second;
    const size_t chosen = rng.below(places.size());
    out.push_back({places[chosen].kind, places[chosen].edits[0].begin, edited(rust, places[chosen].edits)});
    places.erase(places.begin() + static_cast<ptrdiff_t>(chosen));
    if (places.empty()) kinds.erase(kinds.begin() + static_cast<ptrdiff_t>(kind));
  }
  return out;
}

}  // namespace sov::transpiler
