#include "apps/depyler/source_map.h"

#include <algorithm>

#include "core/fs.h"
#include "core/json.h"

namespace sov::depyler {

std::string source_map_text(const std::string& python, const std::string& rust,
                            const transpiler::Translation& translation) {
  Json pairs = Json::array();
  uint32_t last = UINT32_MAX;
  for (size_t i = 0; i < translation.lines.size(); ++i) {
    const uint32_t line = translation.lines[i];
    if (line == last) continue;
    last = line;
    pairs.push(Json::array().push(uint64_t{i + 1}).push(uint64_t{line}));
  }
  return Json::object().set("version", 1).set("python", python).set("rust", rust).set("lines", pairs).dump() +
         "\n";
}

uint32_t SourceMap::python_line(uint32_t rust_line) const {
  auto after = std::ranges::upper_bound(starts, rust_line, {}, &std::pair<uint32_t, uint32_t>::first);
  return after == starts.begin() ? 0 : std::prev(after)->second;
}

Result<SourceMap> read_source_map(const std::string& file) {
  TRY(const std::string text, read_text(file));
  TRY(const Json json, parse_json(text, JsonSource{.file = file, .what = "source map"}));
  SourceMap map;
  TRY(map.python, json.get_string("python"));
  TRY(map.rust, json.get_string("rust"));
  const Json& lines = member(json, "lines");
  if (!lines.is_array()) return fail(Code::corrupt, "{}: 'lines': wanted an array", file);
  for (const Json& pair : lines.items()) {
    const bool good = pair.is_array() && pair.items().size() == 2 && pair.items()[0].is_integer() &&
                      pair.items()[1].is_integer() && pair.items()[0].integer() > 0 &&
                      pair.items()[1].integer() >= 0;
    if (!good) return fail(Code::corrupt, "{}: 'lines': wanted pairs of line numbers", file);
    map.starts.emplace_back(static_cast<uint32_t>(pair.items()[0].integer()),
                            static_cast<uint32_t>(pair.items()[1].integer()));
  }
  std::ranges::sort(map.starts);
  return map;
}

}  // namespace sov::depyler
