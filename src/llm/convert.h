#pragma once
// Conversion between GGUF, SafeTensors folders and APR: names, layouts, dtypes, tokenizer and configuration.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compute/device.h"
#include "core/fs.h"
#include "core/json.h"
#include "core/result.h"
#include "formats/model_file.h"

namespace sov::llm {

/// How matrices are stored in the result; norms, biases and other vectors stay f32.
///   keep         as they are where the target format has the dtype, else f32 (f16 for quantised sources)
///   f32 f16 bf16
///   q8_0 q4_0 q4_1 q5_0 q5_1 iq4_nl q2_k q3_k q4_k q5_k q6_k     every matrix in this dtype
///   q4_k_m q5_k_m        the usual mixes: half of attn_v and ffn_down, and the head, in q6_k
/// Rows that are not whole blocks fall back: K types to q5_0 / q8_0, those to f16; the report names each.
std::vector<std::string_view> quantization_names();

struct ConvertOptions {
  std::optional<formats::Format> to = {};  // absent: from the output's extension (.gguf, .apr, else a folder)
  std::string quantize = "keep";
  Overwrite overwrite = Overwrite::no;
  bool verify = false;  // reopen; compare every tensor and the greedy tokens of both models
  int64_t verify_tokens = 32;
  std::function<void(std::string_view tensor, uint64_t done, uint64_t total)> progress = {};  // bytes
};

/// Converts and returns the report: source and target (path, format, bytes, sha256 of the files), tensors
/// (name, new name, dtype before and after, shape, transform, max_abs and rmse of the change), fallbacks,
/// warnings, carried {tokenizer, config, chat_template}, verify {tensors_equal, max_abs, greedy_equal, ...}
/// when asked for. Errors: usage for an unknown target or quantisation, or when source and target format and
/// dtypes are the same; validation when the output exists or verification fails; whatever loading and writing
/// can fail with.
Result<Json> convert(const std::filesystem::path& input, const std::filesystem::path& output,
                     compute::Device& device, const ConvertOptions& options = {});

}  // namespace sov::llm
