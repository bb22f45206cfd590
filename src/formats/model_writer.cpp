#include "formats/model_writer.h"

#include <algorithm>
#include <unordered_set>

#include "core/check.h"
#include "core/checked.h"
#include "core/hash.h"
#include "formats/apr_dtype.h"
#include "formats/file_layout.h"
#include "formats/safetensors_dtype.h"

namespace sov::formats {
namespace {

/// An AtomicWriter that keeps the running CRC of all written.
class Output {
 public:
  Output(AtomicWriter writer, bool wants_crc) : writer_(std::move(writer)), wants_crc_(wants_crc) {}

  Result<> write(Bytes bytes) {
    if (wants_crc_) crc_ = crc32(bytes, crc_);
    return writer_.write(bytes);
  }

  Result<> pad_to(uint64_t position) {
    static constexpr std::byte kZeros[4096] = {};
    CHECK(position >= writer_.position());
    while (writer_.position() < position) {
      TRY(write(Bytes(kZeros, std::min<uint64_t>(sizeof kZeros, position - writer_.position()))));
    }
    return {};
  }

  uint64_t position() const { return writer_.position(); }
  uint32_t crc() const { return crc_; }
  Result<> commit() { return writer_.commit(); }

 private:
  AtomicWriter writer_;
  bool wants_crc_;
  uint32_t crc_ = 0;
};

Result<> check_names(const ModelSpec& spec) {
  std::unordered_set<std::string_view> names;
  for (const TensorSpec& tensor : spec.tensors) {
    if (tensor.name.empty()) return fail(Code::validation, "tensor name: wanted at least one byte, got none");
    if (!names.insert(tensor.name).second) {
      return fail(Code::validation, "tensor '{}': wanted once, got it twice", tensor.name);
    }
  }
  return {};
}

Result<FileLayout> plan(Format format, const ModelSpec& spec) {
  if (!spec.metadata.is_object()) {
    return fail(Code::validation, "metadata: wanted an object, got a {}", spec.metadata.kind_name());
  }
  TRY(check_names(spec));
  for (const TensorSpec& tensor : spec.tensors) {
    if (!can_store(format, tensor.dtype)) {
      return fail(Code::unsupported, "tensor '{}': {} files cannot hold {}", tensor.name, format_name(format),
                  name(tensor.dtype));
    }
  }
  switch (format) {
    case Format::gguf:
      return plan_gguf(spec);
    case Format::safetensors:
      return plan_safetensors(spec);
    case Format::apr:
      return plan_apr(spec);
  }
  return fail(Code::internal, "no writer for format {}", static_cast<int>(format));
}

Result<> write_tensor(Output& out, const TensorSpec& tensor, uint64_t size, const TensorBytes& bytes) {
  const uint64_t start = out.position();
  const TensorSink sink = [&](Bytes part) -> Result<> {
    const uint64_t given = out.position() - start;
    if (part.size() > size - given) {
      return fail(Code::validation, "tensor '{}': wanted {} bytes, got {} or more", tensor.name, size,
                  given + part.size());
    }
    return out.write(part);
  };
  TRY(bytes(tensor, sink));
  if (out.position() - start == size) return {};
  return fail(Code::validation, "tensor '{}': wanted {} bytes, got {}", tensor.name, size,
              out.position() - start);
}

}  // namespace

bool can_store(Format format, DType dtype) {
  switch (format) {
    case Format::gguf:
      return info(dtype).ggml_id >= 0;
    case Format::safetensors:
      return !safetensors_name(dtype).empty();
    case Format::apr:
      return apr_dtype_id(dtype).has_value();
  }
  return false;
}

Result<> write_model(Format format, const std::filesystem::path& path, const ModelSpec& spec,
                     const TensorBytes& bytes, Overwrite overwrite) {
  TRY(const FileLayout layout, with(plan(format, spec), path.string()));
  TRY(AtomicWriter writer, AtomicWriter::create(path, overwrite));
  Output out(std::move(writer), layout.crc_footer);
  TRY(out.write(as_bytes(layout.head)));
  for (const FileLayout::Placement& place : layout.tensors) {
    TRY(out.pad_to(place.offset));
    TRY(with(write_tensor(out, spec.tensors[place.tensor], place.size, bytes), path.string()));
  }
  TRY(out.pad_to(layout.end));
  if (layout.crc_footer) {
    std::string footer;
    put(footer, out.crc());
    TRY(out.write(as_bytes(footer)));
  }
  return out.commit();
}

Result<uint64_t> spec_bytes(const TensorSpec& tensor) {
  const auto elements = checked_product(tensor.shape);
  const auto bytes = elements ? bytes_for(tensor.dtype, *elements) : std::nullopt;
  if (!bytes || *bytes > INT64_MAX) {
    return fail(Code::validation, "tensor '{}': its {} elements do not make whole blocks of {} or overflow",
                tensor.name, elements.value_or(UINT64_MAX), name(tensor.dtype));
  }
  const uint64_t row = tensor.shape.empty() ? 1 : tensor.shape.back();
  const uint32_t block = info(tensor.dtype).block_elements;
  if (row % block != 0) {
    return fail(Code::validation, "tensor '{}' of {}: wanted rows of a multiple of {} elements, got {}",
                tensor.name, name(tensor.dtype), block, row);
  }
  return *bytes;
}

Result<ModelSpec> spec_of(const ModelFile& model) {
  ModelSpec spec;
  spec.metadata = model.metadata.is_null() ? Json::object() : model.metadata;
  spec.gguf_types = model.gguf_types;
  for (const Tensor& tensor : model.tensors) {
    if (tensor.encoding != Tensor::Encoding::plain) {
      return fail(Code::unsupported, "tensor '{}': padded or scaled storage cannot be copied; decode it",
                  tensor.name);
    }
    spec.tensors.push_back({tensor.name, tensor.dtype, tensor.shape});
  }
  return spec;
}

TensorBytes bytes_of(const ModelFile& model) {
  return [&model](const TensorSpec& spec, const TensorSink& sink) -> Result<> {
    const Tensor* tensor = model.find(spec.name);
    if (tensor == nullptr) return fail(Code::not_found, "{}: no tensor '{}'", model.path.string(), spec.name);
    return sink(tensor->data);
  };
}

}  // namespace sov::formats
