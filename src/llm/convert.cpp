#include "llm/convert.h"

namespace sov::llm {

std::vector<std::string_view> quantization_names() { return {"keep"}; }

Result<Json> convert(const std::filesystem::path& input, const std::filesystem::path&, compute::Device&,
                     const ConvertOptions&) {
  return fail(Code::unsupported, "{}: conversion is not built yet", input.string());
}

}  // namespace sov::llm
