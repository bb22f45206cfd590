#include "formats/model_file.h"

#include "core/check.h"
#include "core/checked.h"

namespace sov::formats {

std::string_view format_name(Format format) {
  switch (format) {
    case Format::gguf:
      return "gguf";
    case Format::safetensors:
      return "safetensors";
    case Format::apr:
      return "apr";
  }
  return "";
}

std::string shape_text(std::span<const uint64_t> shape) {
  std::string out;
  for (uint64_t dim : shape) out += strf("{}{}", out.empty() ? "" : ", ", dim);
  return "[" + out + "]";
}

uint64_t Tensor::elements() const {
  const auto product = checked_product(shape);
  CHECK(product.has_value());  // readers refuse shapes that overflow
  return *product;
}

const Tensor* ModelFile::find(std::string_view name) const {
  const auto it = index.find(name);
  return it == index.end() ? nullptr : &tensors[it->second];
}

uint64_t ModelFile::total_bytes() const {
  uint64_t total = 0;
  for (const Tensor& tensor : tensors) total += tensor.data.size();
  return total;
}

}  // namespace sov::formats
