#include "apps/depyler/diagnostics.h"

#include <array>

#include "core/json.h"

namespace sov::depyler {
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

Diagnostic read_one(const Json& json, const SourceMap& map) {
  Diagnostic out{.level = text_of(json, "level"),
                 .code = text_of(member(json, "code"), "code"),
                 .message = text_of(json, "message"),
                 .category = {},
                 .rust_text = {}};
  out.category = out.code.empty() ? "syntax" : std::string(diagnostic_category(out.code));
  const Json& spans = member(json, "spans");
  if (!spans.is_array()) return out;
  for (const Json& span : spans.items()) {
    const Json& line = member(span, "line_start");
    const Json& primary = member(span, "is_primary");
    if (!line.is_integer() || !primary.is_bool() || !primary.boolean()) continue;
    out.rust_line = static_cast<uint32_t>(line.integer());
    out.python_line = map.python_line(out.rust_line);
    const Json& text = member(span, "text");
    if (text.is_array() && !text.items().empty()) out.rust_text = text_of(text.items()[0], "text");
    break;
  }
  return out;
}

}  // namespace

std::string_view diagnostic_category(std::string_view code) {
  for (const CategoryOf& row : kCategories) {
    if (row.code == code) return row.category;
  }
  return "other";
}

std::vector<Diagnostic> read_diagnostics(const std::string& text, const SourceMap& map) {
  std::vector<Diagnostic> out;
  size_t at = 0;
  while (at < text.size()) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const Result<Json> json = parse_json(std::string_view(text).substr(at, end - at));
    at = end + 1;
    if (!json || !json->is_object()) continue;
    Diagnostic one = read_one(*json, map);
    if (one.rust_line != 0 && (one.level == "error" || one.level == "warning")) out.push_back(std::move(one));
  }
  return out;
}

}  // namespace sov::depyler
