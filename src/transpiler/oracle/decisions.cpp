#include "transpiler/decisions.h"

#include <algorithm>
#include <array>

#include "transpiler/oracle/rust_text.h"

namespace sov::transpiler {
namespace {

/// A choice and a text that only it writes.
struct Mark {
  std::string_view kind, text;
};

constexpr std::array kMarks{
    Mark{"64-bit integer", "i64"},
    Mark{"checked arithmetic", "arith::"},
    Mark{"unbounded integer", "Int"},
    Mark{"tagged value", "Value"},
    Mark{"made a tagged value", ".to_value()"},
    Mark{"optional", "Option<"},
    Mark{"None raises", "glue::some"},
    Mark{"shared object", "Shared<"},
    Mark{"global cell", "glue::global("},
    Mark{"clone", ".clone()"},
    Mark{"mutable borrow", "&mut "},
    Mark{"may raise", "?"},
    Mark{"raises to a handler", "try_in!"},
    Mark{"closure", "|"},
    Mark{"function value", "Fun"},
    Mark{"iterator object", "PyIter"},
    Mark{"async block", "async "},
    Mark{"dynamic dispatch", "dyn "},
    Mark{"called by name", "called::"},
    Mark{"taken apart", "glue::unpack"},
};

/// Whether code of the line holds the text, as a word where it begins with a letter.
bool shows(std::string_view line, const std::vector<bool>& code, size_t start, std::string_view text) {
  for (size_t at = line.find(text); at != std::string_view::npos; at = line.find(text, at + 1)) {
    const bool inside = is_word_byte(text[0]) && at > 0 && is_word_byte(line[at - 1]);
    const char after = at + text.size() < line.size() ? line[at + text.size()] : ' ';
    const bool longer =
        is_word_byte(text.back()) && text != "glue::some" && text != "glue::unpack" && is_word_byte(after);
    const bool either = text == "|" && (after == '|' || (at > 0 && line[at - 1] == '|'));
    if (code[start + at] && !inside && !longer && !either) return true;
  }
  return false;
}

double share(size_t part, size_t whole) {
  return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

std::vector<Decision> decisions_of(const Translation& translation) {
  std::vector<Decision> out;
  const std::string_view rust = translation.rust;
  const std::vector<bool> code = code_mask(rust);
  size_t at = 0;
  for (size_t i = 0; i < translation.lines.size() && at < rust.size(); ++i) {
    const size_t end = std::min(rust.find('\n', at), rust.size());
    const std::string_view line = rust.substr(at, end - at);
    for (const Mark& mark : kMarks) {
      if (translation.lines[i] != 0 && shows(line, code, at, mark.text))
        out.push_back({mark.kind, translation.lines[i], static_cast<uint32_t>(i + 1)});
    }
    at = end + 1;
  }
  return out;
}

std::vector<std::string_view> decision_kinds() {
  std::vector<std::string_view> out;
  for (const Mark& mark : kMarks) out.push_back(mark.kind);
  return out;
}

std::vector<Suspicion> tarantula(const std::vector<Spectrum>& programs) {
  const auto failed = static_cast<size_t>(std::ranges::count_if(programs, &Spectrum::failed));
  const size_t passed = programs.size() - failed;
  std::vector<Suspicion> out;
  for (const std::string_view kind : decision_kinds()) {
    Suspicion one{.kind = kind};
    for (const Spectrum& program : programs) {
      if (program.kinds.contains(kind)) ++(program.failed ? one.failing : one.passing);
    }
    const double bad = share(one.failing, failed), good = share(one.passing, passed);
    if (one.failing == 0) continue;
    one.score = bad / (bad + good);
    out.push_back(one);
  }
  std::ranges::stable_sort(out, std::greater{}, &Suspicion::score);
  return out;
}

}  // namespace sov::transpiler
