#pragma once
// What holds for every model that a reader accepts and for every refusal; shared by the fuzz targets.

#include <algorithm>
#include <string_view>
#include <vector>

#include "core/check.h"
#include "formats/model_file.h"
#include "formats/tensor_values.h"

namespace sov::formats {

inline constexpr std::string_view kFuzzName = "fuzzed";
/// Small, so that a bomb is refused rather than slow.
inline constexpr OpenOptions kFuzzOptions = {.verify = Verify::headers, .max_decompressed = 1 << 22};

/// A refusal names the file, and bytes never cause a defect of ours.
inline void check_refusal(const Error& error) {
  CHECK(error.code() == Code::corrupt || error.code() == Code::unsupported ||
        error.code() == Code::exhausted);
  CHECK(error.message().find(kFuzzName) != std::string::npos);
}

inline bool lies_in(Bytes part, Bytes whole) {
  return part.empty() ||
         (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

/// Decodes the first and the last values; only a type without a decoder may refuse.
inline void decode_ends(const Tensor& tensor) {
  constexpr uint64_t kMost = 1 << 16;
  const uint64_t all = tensor.elements();
  const uint64_t unit = value_unit(tensor);
  if (all == 0 || unit > kMost) return;
  std::vector<float> values(std::min(all, kMost / unit * unit));
  for (const uint64_t begin : {uint64_t{0}, all - values.size()}) {
    const auto decoded = read_values(tensor, begin, values);
    CHECK(decoded || decoded.error().code() == Code::unsupported);
  }
}

/// Every tensor's bytes lie in the input (or in what was decompressed from it) and decode.
inline void check_model(const ModelFile& model, Bytes input) {
  for (const Tensor& tensor : model.tensors) {
    bool inside = lies_in(tensor.data, input);
    for (const MappedFile& file : model.files) inside = inside || lies_in(tensor.data, file.bytes());
    for (const auto& image : model.decompressed) inside = inside || lies_in(tensor.data, image);
    CHECK(inside);
    decode_ends(tensor);
  }
}

}  // namespace sov::formats
