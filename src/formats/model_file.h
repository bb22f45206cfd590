#pragma once
// One view of a model, whatever it is stored in: metadata, config, tokenizer, named tensors over mapped
// bytes. Opening reads headers only; tensor bytes are touched when used.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compute/dtype.h"
#include "core/fs.h"
#include "core/json.h"
#include "core/result.h"
#include "formats/gguf_types.h"

namespace sov::formats {

enum class Format { gguf, safetensors, apr };
std::string_view format_name(Format format);  // "gguf", "safetensors", "apr"

/// "[2, 3]".
std::string shape_text(std::span<const uint64_t> shape);

struct Tensor {
  std::string name;
  DType dtype = DType::f32;
  std::vector<uint64_t>
      shape;            // outermost first: a linear layer is [out, in] (GGUF's dims are reversed on reading)
  Bytes data;           // in the mapped file, any alignment; exactly the tensor's bytes
  uint32_t file = 0;    // index into ModelFile::files
  uint64_t offset = 0;  // absolute in that file

  /// How data encodes the values, beyond dtype and shape. All but `plain` occur in APR files only.
  enum class Encoding {
    plain,        // bytes_for(dtype, elements()) bytes
    padded_rows,  // K-quants whose rows each fill whole blocks, the last one padded
    scaled,       // value = scale * element
  };
  Encoding encoding = Encoding::plain;
  float scale = 1.0F;

  uint64_t elements() const;
};

/// Where the tokenizer comes from; text/tokenizer.h builds one from it.
struct TokenizerSource {
  enum class Kind { none, huggingface, gguf, apr };
  Kind kind = Kind::none;
  Json tokenizer;         // huggingface: tokenizer.json; gguf: the metadata's tokenizer.* keys; apr: likewise
  Json tokenizer_config;  // huggingface: tokenizer_config.json merged with special_tokens_map.json; else null
};

struct ModelFile {
  Format format = Format::gguf;
  std::string variant;            // "GGUF v3", "SafeTensors, 2 shards", "APR v2", "APR1 JSON", ...
  std::filesystem::path path;     // as opened: a file or a folder
  std::vector<MappedFile> files;  // keeps the tensors' bytes alive
  std::vector<std::vector<std::byte>>
      decompressed;  // does so for compressed APR files, whose offsets are in here
  Json metadata;     // everything the file says of itself: GGUF's flat keys, APR's JSON, __metadata__
  std::vector<GgufValueType> gguf_types;  // of metadata's members in order; empty unless GGUF
  Json config;             // HF config.json (null when absent); GGUF and APR: null, see metadata
  Json generation_config;  // HF generation_config.json or null
  std::optional<std::string> chat_template;                               // the default one
  std::vector<std::pair<std::string, std::string>> named_chat_templates;  // the others: name, template
  TokenizerSource tokenizer;
  std::vector<Tensor> tensors;        // in file order
  std::vector<std::string> warnings;  // tolerated irregularities, for the user's eyes
  /// Checksums found and checked when opening (APR): name, wanted, got.
  struct Checksum {
    std::string name;
    enum class State { absent, good, bad, unchecked } state = State::absent;
  };
  std::vector<Checksum> checksums;

  const Tensor* find(std::string_view name) const;
  uint64_t total_bytes() const;
  std::unordered_map<std::string_view, size_t> index;  // filled by open()
};

/// What opening verifies beyond structure. `headers`: checksums of headers; whole-file checksums are told as
/// unchecked, because they read every byte. `all`: those too.
enum class Verify { headers, all };
struct OpenOptions {
  Verify verify = Verify::headers;
  /// Budget for decompressing a compressed APR file. Errors beyond it: exhausted.
  uint64_t max_decompressed = uint64_t{2} << 30;
};

/// Opens a GGUF or APR file, a .safetensors file (with config.json etc. from its folder if there), a
/// model.safetensors.index.json or a Hugging Face folder. The kind is told by content, not by extension.
/// Errors: not_found, io, corrupt (names file, offset, wanted, got; also a checksum that was verified and is
/// wrong), unsupported (GGUF v1 and big-endian, unknown types, encrypted or column-major APR).
Result<std::unique_ptr<ModelFile>> open_model(const std::filesystem::path& path,
                                              const OpenOptions& options = {});

/// The same over bytes in memory, which must outlive the model; `name` stands for the file in messages.
/// Companion files are not looked for.
Result<std::unique_ptr<ModelFile>> parse_model(Bytes bytes, std::string_view name,
                                               const OpenOptions& options = {});

}  // namespace sov::formats
