// Whatever parses must print and parse back to the same value.

#include "core/check.h"
#include "core/json.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto json = sov::parse_json(text);
  if (!json) return 0;
  const auto again = sov::parse_json(json->dump());
  CHECK(again.has_value());
  CHECK(*again == *json);
  return 0;
}
