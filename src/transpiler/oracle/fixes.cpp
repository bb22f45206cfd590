#include "transpiler/fixes.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/args.h"
#include "transpiler/oracle/rust_text.h"

namespace sov::transpiler {
namespace {

/// What rules look at.
struct Site {
  std::string_view rust;
  const Diagnostic& diagnostic;
  std::vector<bool> code;
  const DiagnosticSpan& at;
  std::string_view text;  // of the primary span
  std::string note;       // message and labels, of type mismatches: "expected `A`, found `B`"

  bool says(std::string_view words) const { return note.find(words) != std::string::npos; }
  bool is(std::string_view wanted) const { return diagnostic.code == wanted; }
};
using Edits = std::optional<std::vector<Edit>>;

Edits insert(size_t at, std::string text) { return std::vector<Edit>{{at, at, std::move(text)}}; }
Edits replace(size_t begin, size_t end, std::string text) {
  return std::vector<Edit>{{begin, end, std::move(text)}};
}
Edits wrapped(const Site& site, std::string_view before, std::string_view after) {
  return std::vector<Edit>{{site.at.begin, site.at.begin, std::string(before)},
                           {site.at.end, site.at.end, std::string(after)}};
}

/// An operand may be borrowed or asked for a method as it stands.
bool simple(std::string_view text) {
  const auto code = code_mask(text);
  for (size_t i = 0; i < text.size(); ++i) {
    if (!code[i]) continue;
    if (text[i] == ' ' || (i == 0 && (text[i] == '*' || text[i] == '&' || text[i] == '-'))) return false;
    if (text[i] == '(' || text[i] == '[' || text[i] == '{') {
      const auto end = closing(text, code, i);
      if (!end) return false;
      i = *end;
    }
  }
  return true;
}

Edits method(const Site& site, std::string_view call) {
  return simple(site.text) ? insert(site.at.end, std::string(call))
                           : wrapped(site, "(", ")" + std::string(call));
}

/// rustc's suggestions of one applicability: the first whose edits do not overlap.
Edits suggestion(const Site& site, std::string_view applicability) {
  for (const DiagnosticHelp& help : site.diagnostic.helps) {
    std::vector<Edit> edits;
    bool good = !help.spans.empty();
    for (const DiagnosticSpan& span : help.spans) {
      // One help may list alternatives: each would be an edit at the same place.
      const bool again = std::ranges::any_of(edits, [&](const Edit& e) { return e.begin == span.begin; });
      good = good && span.applicability == applicability && span.end <= site.rust.size();
      if (good && !again) edits.push_back({span.begin, span.end, span.replacement});
    }
    if (good) return edits;
  }
  return std::nullopt;
}

Edits suggested(const Site& site) { return suggestion(site, "MachineApplicable"); }
Edits suggested_maybe(const Site& site) { return suggestion(site, "MaybeIncorrect"); }

Edits clone_moved(const Site& site) {
  if (!site.is("E0382") && !site.is("E0505") && !site.is("E0507") && !site.is("E0509")) return std::nullopt;
  for (const DiagnosticSpan& span : site.diagnostic.spans) {
    if (span.label.find("moved here") != std::string::npos && !span.label.starts_with("value used"))
      return insert(span.end, ".clone()");
  }
  return insert(site.at.end, ".clone()");
}

Edits clone_reference(const Site& site) {
  if (!site.is("E0308") || !site.says("found `&") || site.says("expected `&")) return std::nullopt;
  return method(site, ".clone()");
}

Edits borrow(const Site& site) {
  if (site.says("expected `&mut")) return std::nullopt;
  if (!site.says("expected `&") && !site.is("E0277")) return std::nullopt;
  return simple(site.text) ? insert(site.at.begin, "&") : wrapped(site, "&(", ")");
}

Edits borrow_mut(const Site& site) {
  if (!site.says("expected `&mut") && !site.says("types differ in mutability")) return std::nullopt;
  const size_t skip = site.text.starts_with("&") ? 1 : 0;
  return replace(site.at.begin, site.at.begin + skip, "&mut ");
}

Edits dereference(const Site& site) {
  if (site.text.starts_with("&")) return std::nullopt;  // remove_borrow says the same in fewer words
  if (!site.says("found `&") && !site.is("E0277") && !site.is("E0369")) return std::nullopt;
  return simple(site.text) ? insert(site.at.begin, "*") : wrapped(site, "*(", ")");
}

Edits remove_borrow(const Site& site) {
  if (!site.text.starts_with("&") || site.text.starts_with("&&")) return std::nullopt;
  return replace(site.at.begin, site.at.begin + (site.text.starts_with("&mut ") ? 5 : 1), "");
}

Edits propagate(const Site& site) {
  const bool result = site.says("found `Result<") || site.says("found `&Result<") ||
                      site.says("for enum `Result<") || site.says("for enum `std::result::Result<") ||
                      site.says("type `Result<");
  if (!result) return std::nullopt;
  if (site.text.starts_with("&")) return insert(site.at.end, "?");  // binds tighter than the &
  if (!site.is("E0599")) return method(site, "?");
  // "no method `m` found for ...": the span is the method's name, after the dot.
  return site.at.begin == 0 ? std::nullopt : insert(site.at.begin - 1, "?");
}

Edits unwrap_some(const Site& site) {
  if (!site.says("found `Option<") || site.rust.find("fn some<") == std::string_view::npos)
    return std::nullopt;
  return wrapped(site, "crate::rt::glue::some(", ")?");
}

Edits wrap_some(const Site& site) {
  if (!site.says("expected `Option<")) return std::nullopt;
  return wrapped(site, "Some(", ")");
}

Edits wrap_ok(const Site& site) {
  if (!site.says("expected `Result<")) return std::nullopt;
  return wrapped(site, "Ok(", ")");
}

Edits wrap_literal(const Site& site) {
  if (!site.is("E0308") || !site.says("expected `Str`") || !site.text.starts_with("\"")) return std::nullopt;
  return wrapped(site, "Str::lit(", ")");
}

/// A primitive number type that is wanted here, or empty.
std::string wanted_number(const Site& site) {
  constexpr std::array<std::string_view, 7> kNumbers{"i64", "f64", "usize", "isize", "u8", "u32", "i32"};
  for (const std::string_view number : kNumbers) {
    if (site.says("expected `" + std::string(number) + "`")) return std::string(number);
  }
  return "";
}

Edits cast(const Site& site) {
  const std::string number = wanted_number(site);
  if (!site.is("E0308") || number.empty() || site.says("found `Str`")) return std::nullopt;
  return wrapped(site, "(", ") as " + number);
}

/// A conversion of the runtime's, by the type that is wanted and its method.
Edits converted(const Site& site, std::string_view wanted, std::string_view call) {
  if (!site.is("E0308") || !site.says(wanted)) return std::nullopt;
  return method(site, call);
}
Edits to_value(const Site& site) {
  if (site.is("E0308") && site.says("expected `&Value`") && site.text.starts_with("&"))
    return insert(site.at.end, ".to_value()");  // binds tighter than the &
  return converted(site, "expected `Value`", ".to_value()");
}
Edits to_str(const Site& site) { return converted(site, "expected `Str`", ".to_str()"); }
Edits into_vec(const Site& site) { return converted(site, "expected `Vec<", ".into_vec()"); }

/// A statement that lacks its end: after the last code before the diagnostic's line.
Edits semicolon(const Site& site) {
  if (diagnostic_phase(site.diagnostic) != Phase::syntax) return std::nullopt;
  const std::string_view line = line_at(site.rust, site.at.begin);
  auto at = static_cast<size_t>(line.data() - site.rust.data());
  while (at > 0 && (site.rust[at - 1] == '\n' || site.rust[at - 1] == ' ')) --at;
  const bool open = at > 0 && std::string_view("{;,(}").find(site.rust[at - 1]) == std::string_view::npos;
  return open ? insert(at, ";") : std::nullopt;
}

Edits truth(const Site& site) {
  if (!site.is("E0308") || !site.says("expected `bool`")) return std::nullopt;
  return method(site, ".truth()");
}

Edits convert(const Site& site) {
  if (!site.is("E0308") || !site.says("expected `")) return std::nullopt;
  return method(site, ".into()");
}

/// The place of `NAME: TYPE =` in a `let` of the diagnostic's line: of the colon and of the blank before `=`.
std::optional<std::pair<size_t, size_t>> let_type(const Site& site) {
  const std::string_view line = line_at(site.rust, site.at.begin);
  const auto start = static_cast<size_t>(line.data() - site.rust.data());
  const size_t let = line.find("let ");
  const size_t colon = let == std::string_view::npos ? let : line.find(": ", let);
  const size_t equals = colon == std::string_view::npos ? colon : line.find(" = ", colon);
  if (equals == std::string_view::npos) return std::nullopt;
  return std::pair{start + colon, start + equals};
}

Edits infer_type(const Site& site) {
  const auto type = let_type(site);
  const bool of_types = diagnostic_phase(site.diagnostic) == Phase::types || site.says("find type");
  if (!type || !of_types || site.is("E0599")) return std::nullopt;
  return replace(type->first, type->second, "");
}

Edits retype(const Site& site) {
  const auto type = let_type(site);
  const size_t found = site.note.find("found `");
  if (!type || !site.is("E0308") || found == std::string::npos) return std::nullopt;
  const std::vector<std::string> parts = quoted_parts(site.note.substr(found));
  if (parts.empty() || parts[0].find("{") != std::string::npos) return std::nullopt;
  return replace(type->first, type->second, ": " + parts[0]);
}

/// The module of the runtime that defines a public item, as a path.
std::string defining_module(std::string_view rust, std::string_view name) {
  const size_t runtime = program_end(rust);
  for (const std::string_view kind : {"fn ", "struct ", "enum ", "trait ", "type ", "macro_rules! "}) {
    const std::string wanted = std::string(kind) + std::string(name);
    for (size_t at = rust.find(wanted, runtime); at != std::string_view::npos;
         at = rust.find(wanted, at + 1)) {
      const char after = at + wanted.size() < rust.size() ? rust[at + wanted.size()] : ' ';
      const size_t module = rust.rfind("\n    pub mod ", at);
      if (is_word_byte(after) || module == std::string_view::npos || module < runtime) continue;
      const size_t begin = module + 13;
      return "rt::" + std::string(rust.substr(begin, rust.find(' ', begin) - begin)) +
             "::" + std::string(name);
    }
  }
  return rust.find("\n    pub mod " + std::string(name) + " {", runtime) != std::string_view::npos
             ? "rt::" + std::string(name)
             : "";
}

Edits import(const Site& site) {
  const bool named = site.diagnostic.category == "name" || site.is("E0405");
  const std::vector<std::string> parts = quoted_parts(site.diagnostic.message);
  const std::string path = named && !parts.empty() ? defining_module(site.rust, parts[0]) : "";
  const size_t use = site.rust.find("\nuse ");
  if (path.empty() || use == std::string_view::npos) return std::nullopt;
  return insert(use + 1, "use " + path + ";\n");
}

/// Identifiers of the file up to a place, each once.
std::vector<std::string_view> identifiers(const Site& site, size_t end) {
  std::vector<std::string_view> out;
  for (size_t i = 0; i < end; ++i) {
    if (!site.code[i] || !is_word_byte(site.rust[i])) continue;
    const size_t begin = i;
    while (i < end && is_word_byte(site.rust[i])) ++i;
    out.push_back(site.rust.substr(begin, i - begin));
  }
  std::ranges::sort(out);
  const auto rest = std::ranges::unique(out);
  out.erase(rest.begin(), rest.end());
  return out;
}

Edits nearest_name(const Site& site) {
  const bool named = site.diagnostic.category == "name" || site.is("E0599") || site.is("E0609");
  if (!named || !std::ranges::all_of(site.text, is_word_byte)) return std::nullopt;
  std::string_view near;
  for (const size_t end : {program_end(site.rust), site.rust.size()}) {  // the program's own names first
    std::vector<std::string_view> names = identifiers(site, end);
    std::erase(names, site.text);
    if (near.empty()) near = nearest_word(site.text, names);
  }
  if (near.empty()) return std::nullopt;
  return replace(site.at.begin, site.at.end, std::string(near));
}

/// A name that one pattern binds twice: the last one counts in Python, so the first goes.
Edits unbind(const Site& site) {
  if (!site.is("E0416")) return std::nullopt;
  const std::string_view line = line_at(site.rust, site.at.begin);
  const auto start = static_cast<size_t>(line.data() - site.rust.data());
  const size_t first = line.find(site.text);
  if (first == std::string_view::npos || start + first >= site.at.begin) return std::nullopt;
  return replace(start + first, start + first + site.text.size(), "_");
}

struct Rule {
  std::string_view name;
  Edits (*edits)(const Site&);
};

// In the order of fix_rules(): first what leaves every computed value as it is.
constexpr std::array kRules{
    Rule{"borrow", borrow},
    Rule{"borrow-mut", borrow_mut},
    Rule{"dereference", dereference},
    Rule{"remove-borrow", remove_borrow},
    Rule{"import", import},
    Rule{"semicolon", semicolon},
    Rule{"propagate-error", propagate},
    Rule{"unbind", unbind},
    Rule{"wrap-some", wrap_some},
    Rule{"wrap-ok", wrap_ok},
    Rule{"wrap-literal", wrap_literal},
    Rule{"infer-type", infer_type},
    Rule{"retype", retype},
    Rule{"suggestion", suggested},
    Rule{"clone-moved", clone_moved},
    Rule{"clone-reference", clone_reference},
    Rule{"nearest-name", nearest_name},
    Rule{"suggestion-maybe", suggested_maybe},
    Rule{"unwrap-some", unwrap_some},
    Rule{"truth", truth},
    Rule{"to-value", to_value},
    Rule{"to-str", to_str},
    Rule{"into-vec", into_vec},
    Rule{"convert", convert},
    Rule{"cast", cast},
};

constexpr auto kNames = [] {
  std::array<std::string_view, kRules.size()> out;
  for (size_t i = 0; i < out.size(); ++i) out[i] = kRules[i].name;
  return out;
}();

std::string changed_lines(std::string_view text, size_t begin, size_t end) {
  const std::string_view first = line_at(text, begin), last = line_at(text, std::max(begin, end));
  return {first.data(), last.data() + last.size()};
}

Fix make_fix(std::string_view name, std::string_view rust, std::vector<Edit> edits) {
  const auto [first, last] = std::ranges::minmax(edits, {}, &Edit::begin);
  Fix fix{name, edited(rust, edits), changed_lines(rust, first.begin, last.end), {}};
  const size_t grown_end = last.end + fix.rust.size() - rust.size();
  fix.to = changed_lines(fix.rust, first.begin, std::min(grown_end, fix.rust.size()));
  return fix;
}

}  // namespace

std::span<const std::string_view> fix_rules() { return kNames; }

std::vector<Fix> possible_fixes(std::string_view rust, const Diagnostic& diagnostic) {
  std::vector<Fix> out;
  const DiagnosticSpan& at = diagnostic.primary();
  if (at.end > rust.size()) return out;  // rustc read another text
  Site site{rust, diagnostic, code_mask(rust), at, rust.substr(at.begin, at.end - at.begin), {}};
  site.note = diagnostic.message;
  for (const DiagnosticSpan& span : diagnostic.spans) site.note += " | " + span.label;
  for (const Rule& rule : kRules) {
    Edits edits = rule.edits(site);
    if (!edits || edits->empty()) continue;
    const bool inside = std::ranges::all_of(*edits, [&](const Edit& e) { return e.end <= rust.size(); });
    if (!inside) continue;
    Fix fix = make_fix(rule.name, rust, std::move(*edits));
    const auto same = [&](const Fix& other) { return other.rust == fix.rust; };
    if (fix.rust != rust && std::ranges::none_of(out, same)) out.push_back(std::move(fix));
  }
  return out;
}

}  // namespace sov::transpiler
