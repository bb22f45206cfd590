#include "compute/device.h"

namespace sov::compute {

int64_t Weight::row_bytes() const {
  const auto bytes = bytes_for(dtype, static_cast<uint64_t>(cols));
  CHECK(bytes.has_value());
  return static_cast<int64_t>(*bytes);
}

Weight Weight::slice(int64_t first, int64_t n) const {
  CHECK(first >= 0 && n >= 0 && first + n <= rows);
  return {dtype, n, cols, data + first * row_bytes()};
}

}  // namespace sov::compute
