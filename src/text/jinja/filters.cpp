// Finds filters by name and calls them with their arguments bound.

#include "text/jinja/filters.h"

#include <algorithm>
#include <vector>

namespace sov::text::jinja {
namespace {

const std::vector<FilterRow>& table() {
  static const std::vector<FilterRow> rows = [] {
    std::vector<FilterRow> all;
    for (const auto family :
         {sequence_filters(), lazy_filters(), text_filters(), value_filters(), html_filters()}) {
      all.insert(all.end(), family.begin(), family.end());
    }
    std::sort(all.begin(), all.end(), [](const FilterRow& a, const FilterRow& b) { return a.name < b.name; });
    return all;
  }();
  return rows;
}

}  // namespace

FilterId find_filter(std::string_view name) {
  const auto it = std::lower_bound(table().begin(), table().end(), name,
                                   [](const FilterRow& row, std::string_view n) { return row.name < n; });
  return it != table().end() && it->name == name ? static_cast<FilterId>(it - table().begin()) : -1;
}

Result<Value> apply_filter(Runtime& rt, FilterId filter, const Value& value, const Args& args) {
  TRY(rt.step());
  const FilterRow& row = table()[static_cast<size_t>(filter)];
  if (row.variadic != nullptr) return row.variadic(rt, value, args);
  const auto end = std::find_if(row.parameters.begin(), row.parameters.end(),
                                [](std::string_view parameter) { return parameter.empty(); });
  const std::span<const std::string_view> parameters(row.parameters.begin(), end);
  TRY(const Bound bound, bind_arguments(row.name, parameters, args));
  return row.body(rt, value, bound);
}

Result<Value> apply_filter(Runtime& rt, const std::string& name, const Value& value, const Args& args) {
  const FilterId filter = find_filter(name);
  if (filter < 0) return fail(Code::corrupt, "no filter named '{}'", name);
  const Runtime::Level level(rt);
  if (level.too_deep()) return tl::unexpected<Error>(rt.depth_error().error());
  return apply_filter(rt, filter, value, args);
}

}  // namespace sov::text::jinja
