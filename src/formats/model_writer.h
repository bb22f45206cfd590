#pragma once
// Writes a model as GGUF v3, SafeTensors or APR v2: first the names, types, shapes and metadata, then each
// tensor's bytes as a callback delivers them. Nothing is held in memory but the header.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "compute/dtype.h"
#include "core/fs.h"
#include "core/json.h"
#include "core/result.h"
#include "formats/gguf_types.h"
#include "formats/model_file.h"

namespace sov::formats {

struct TensorSpec {
  std::string name;
  DType dtype = DType::f32;
  std::vector<uint64_t> shape;  // outermost first, as in Tensor
};

struct ModelSpec {
  /// GGUF: flat keys with scalars or arrays. SafeTensors: strings only. APR: any object; the tokenizer as
  /// flat keys "tokenizer.vocabulary" and so on.
  Json metadata = Json::object();
  /// GGUF: types of metadata's members in order. Empty: inferred (gguf_writer.cpp says how).
  std::vector<GgufValueType> gguf_types;
  std::vector<TensorSpec> tensors;
};

/// Takes a tensor's next bytes; any number of calls, row-major, as dtype stores them.
using TensorSink = std::function<Result<>(Bytes)>;
/// Delivers all bytes of one tensor to the sink. Called once for each tensor, in the order of the file.
using TensorBytes = std::function<Result<>(const TensorSpec&, const TensorSink&)>;

/// Whether a format has a number or name for this type.
bool can_store(Format format, DType dtype);

/// Writes the file whole or not at all.
/// GGUF: tensors in the given order, aligned to general.alignment (32 if absent). SafeTensors: ordered and
/// laid out as the reference package does, byte for byte. APR: sorted by name, 64-byte aligned, both
/// checksums, ROW_MAJOR. Errors: validation (existing file, duplicate or overlong names, metadata that the
/// format cannot hold, a callback that delivers too few or too many bytes), unsupported (types that the
/// format lacks), io, and whatever the callback returns.
Result<> write_model(Format format, const std::filesystem::path& path, const ModelSpec& spec,
                     const TensorBytes& bytes, Overwrite overwrite);

/// The spec and the bytes of an open model, for writing it again in the same format.
/// Errors: unsupported for tensors that are not plain (padded rows, scaled).
Result<ModelSpec> spec_of(const ModelFile& model);
TensorBytes bytes_of(const ModelFile& model);  // the model must outlive it

}  // namespace sov::formats
