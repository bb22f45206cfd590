#include "transpiler/diagnostic.h"

#include <algorithm>
#include <array>

#include "core/check.h"

namespace sov::transpiler {
namespace {

struct CategoryOf {
  std::string_view code, category;
};
constexpr std::array kCategories{
    CategoryOf{"E0282", "type"},     CategoryOf{"E0283", "type"},     CategoryOf{"E0308", "type"},
    CategoryOf{"E0604", "type"},     CategoryOf{"E0605", "type"},     CategoryOf{"E0606", "type"},
    CategoryOf{"E0689", "type"},     CategoryOf{"E0061", "type"},     CategoryOf{"E0373", "borrow"},
    CategoryOf{"E0381", "borrow"},   CategoryOf{"E0382", "borrow"},   CategoryOf{"E0384", "borrow"},
    CategoryOf{"E0499", "borrow"},   CategoryOf{"E0502", "borrow"},   CategoryOf{"E0503", "borrow"},
    CategoryOf{"E0505", "borrow"},   CategoryOf{"E0506", "borrow"},   CategoryOf{"E0507", "borrow"},
    CategoryOf{"E0596", "borrow"},   CategoryOf{"E0106", "lifetime"}, CategoryOf{"E0495", "lifetime"},
    CategoryOf{"E0515", "lifetime"}, CategoryOf{"E0597", "lifetime"}, CategoryOf{"E0621", "lifetime"},
    CategoryOf{"E0716", "lifetime"}, CategoryOf{"E0412", "name"},     CategoryOf{"E0425", "name"},
    CategoryOf{"E0432", "name"},     CategoryOf{"E0433", "name"},     CategoryOf{"E0423", "name"},
    CategoryOf{"E0277", "trait"},    CategoryOf{"E0369", "trait"},    CategoryOf{"E0599", "trait"},
    CategoryOf{"E0046", "trait"},    CategoryOf{"E0038", "trait"},
};

std::string text_of(const Json& json, std::string_view key) {
  const Json& value = member(json, key);
  return value.is_string() ? value.string() : "";
}

size_t number_of(const Json& json, std::string_view key) {
  const Json& value = member(json, key);
  return value.is_integer() && value.integer() >= 0 ? static_cast<size_t>(value.integer()) : 0;
}

/// The spans in one file; in any file when it has no name.
std::vector<DiagnosticSpan> read_spans(const Json& list, const std::string& file) {
  std::vector<DiagnosticSpan> out;
  if (!list.is_array()) return out;
  for (const Json& span : list.items()) {
    if (text_of(span, "file_name") != file) continue;
    const Json& primary = member(span, "is_primary");
    DiagnosticSpan one{.begin = number_of(span, "byte_start"),
                       .end = number_of(span, "byte_end"),
                       .line = static_cast<uint32_t>(number_of(span, "line_start")),
                       .primary = primary.is_bool() && primary.boolean(),
                       .label = text_of(span, "label"),
                       .applicability = text_of(span, "suggestion_applicability"),
                       .replacement = text_of(span, "suggested_replacement")};
    const Json& text = member(span, "text");
    if (text.is_array() && !text.items().empty()) one.text = text_of(text.items()[0], "text");
    if (one.line != 0 && one.begin <= one.end) out.push_back(std::move(one));
  }
  return out;
}

Diagnostic read_one(const Json& json) {
  Diagnostic out{.level = text_of(json, "level"),
                 .code = text_of(member(json, "code"), "code"),
                 .message = text_of(json, "message")};
  out.category = out.code.empty() ? "syntax" : std::string(diagnostic_category(out.code));
  const Json& spans = member(json, "spans");
  // A diagnostic may also point into another crate: those places cannot be edited.
  std::string file;
  for (size_t i = 0; spans.is_array() && i < spans.items().size(); ++i) {
    const Json& primary = member(spans.items()[i], "is_primary");
    if (primary.is_bool() && primary.boolean()) file = text_of(spans.items()[i], "file_name");
  }
  out.spans = read_spans(spans, file);
  const Json& children = member(json, "children");
  if (!children.is_array()) return out;
  for (const Json& child : children.items())
    out.helps.push_back({text_of(child, "message"), read_spans(member(child, "spans"), file)});
  return out;
}

Json span_json(const DiagnosticSpan& span) {
  Json out = Json::object()
                 .set("byte_start", uint64_t{span.begin})
                 .set("byte_end", uint64_t{span.end})
                 .set("line_start", uint64_t{span.line})
                 .set("is_primary", span.primary)
                 .set("label", span.label)
                 .set("text", Json::array().push(Json::object().set("text", span.text)));
  if (!span.applicability.empty())
    out.set("suggestion_applicability", span.applicability).set("suggested_replacement", span.replacement);
  return out;
}

Json spans_json(const std::vector<DiagnosticSpan>& spans) {
  Json out = Json::array();
  for (const DiagnosticSpan& span : spans) out.push(span_json(span));
  return out;
}

}  // namespace

const DiagnosticSpan& Diagnostic::primary() const {
  for (const DiagnosticSpan& span : spans) {
    if (span.primary) return span;
  }
  CHECK(!spans.empty());
  return spans[0];
}

std::string_view diagnostic_category(std::string_view code) {
  for (const CategoryOf& row : kCategories) {
    if (row.code == code) return row.category;
  }
  return "other";
}

Phase diagnostic_phase(const Diagnostic& diagnostic) {
  if (diagnostic.code.empty()) return Phase::syntax;
  // E0401 to E0437 and these are of name resolution. Source: rustc's error codes index.
  constexpr std::array<std::string_view, 5> kMoreOfNames{"E0531", "E0532", "E0573", "E0574", "E0603"};
  const std::string_view code = diagnostic.code;
  if ((code >= "E0401" && code <= "E0437") || std::ranges::find(kMoreOfNames, code) != kMoreOfNames.end())
    return Phase::names;
  // Moves, borrows and lifetimes are looked at in functions whose types are right.
  if (diagnostic.category == "borrow" || diagnostic.category == "lifetime") return Phase::borrows;
  return Phase::types;
}

std::vector<Diagnostic> read_diagnostics(std::string_view text) {
  std::vector<Diagnostic> out;
  size_t at = 0;
  while (at < text.size()) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const Result<Json> json = parse_json(text.substr(at, end - at));
    at = end + 1;
    if (!json || !json->is_object()) continue;
    Diagnostic one = read_one(*json);
    const bool placed = std::ranges::any_of(one.spans, &DiagnosticSpan::primary);
    if (placed && (one.level == "error" || one.level == "warning")) out.push_back(std::move(one));
  }
  return out;
}

std::vector<Diagnostic> read_errors(std::string_view text) {
  std::vector<Diagnostic> out = read_diagnostics(text);
  std::erase_if(out, [](const Diagnostic& one) { return one.level != "error"; });
  return out;
}

Json diagnostic_json(const Diagnostic& diagnostic) {
  Json children = Json::array();
  for (const DiagnosticHelp& help : diagnostic.helps)
    children.push(Json::object().set("message", help.message).set("spans", spans_json(help.spans)));
  return Json::object()
      .set("level", diagnostic.level)
      .set("code", diagnostic.code.empty() ? Json() : Json::object().set("code", diagnostic.code))
      .set("message", diagnostic.message)
      .set("spans", spans_json(diagnostic.spans))
      .set("children", children);
}

}  // namespace sov::transpiler
