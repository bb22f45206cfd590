#pragma once
// Conversion between GGUF, SafeTensors folders and APR: names, layouts, dtypes, tokenizer and configuration.

#include <atomic>
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
///   keep         as they are where the target format has the dtype, else f32 (f16 for quantised sources);
///                in folders vectors keep their float dtype too
///   f32 f16 bf16
///   q8_0 q4_0 q4_1 q5_0 q5_1 iq4_nl q2_k q3_k q4_k q5_k q6_k     every matrix in this dtype
///   q4_k_m q5_k_m        llama.cpp's mixes: the head, and attn_v and ffn_down of half the layers, in q6_k
/// Rows that are not whole blocks fall back: q6_k to q8_0, q5_k to q5_1, q4_k to q5_0, q3_k and q2_k to
/// iq4_nl, and these to f16; the report names each.
/// Other spellings are accepted: fp16 fp32 int8 int4 q4k q6k.
std::vector<std::string_view> quantization_names();

struct ConvertOptions {
  /// Absent: from the output's extension (.gguf, .apr, .safetensors), else a folder.
  std::optional<formats::Format> to = {};
  std::string quantize = "keep";
  Overwrite overwrite = Overwrite::no;
  bool verify = false;  // reopen; compare every tensor and the greedy tokens of both models
  int64_t verify_tokens = 32;
  uint64_t max_shard_bytes = 5'000'000'000;   // of a folder's weight files
  const std::atomic<bool>* cancel = nullptr;  // checked between stretches of a tensor
  std::function<void(std::string_view tensor, uint64_t done, uint64_t total)> progress = {};  // bytes
  /// Called with the written files before they are verified and get their name; for tests that damage them.
  std::function<void(const std::filesystem::path& staged)> before_verify = {};
};

/// Converts and returns the report: source and target (path, format, bytes, sha256 of the files), tensors
/// (name, new name, dtype before and after, shape, transform, max_abs and rmse of the change), dropped
/// tensors, fallbacks, warnings, carried {tokenizer, config, chat_template, generation_config}, verify
/// {tensors_equal, exact, max_abs, tokenizer_equal, greedy_equal, ...} when asked for.
/// The output appears when it is whole and, if asked for, verified; else nothing is left of it.
/// Memory: one tensor's worth at most. The bytes do not depend on the number of threads.
/// Errors: usage for an unknown target or quantisation, or when source and target format and dtypes are the
/// same; validation when the output exists or verification fails; unsupported when the target cannot say what
/// the source says; cancelled; and whatever loading and writing can fail with.
Result<Json> convert(const std::filesystem::path& input, const std::filesystem::path& output,
                     compute::Device& device, const ConvertOptions& options = {});

/// The target that convert() takes an output's name to mean. Errors: usage for extensions of other formats.
Result<formats::Format> format_of_output(const std::filesystem::path& output);

struct CompareOptions {
  std::string prompt;  // empty: a fixed text, or fixed ids where a model has no tokenizer
  int64_t max_tokens = 32;
  double tolerance = 1e-4;  // a choice between logits closer than this share of the largest is no difference
};

/// The greedy continuation of `left`, and what `right` would have chosen at each step of it:
/// {prompt_ids, ids_left, ids_right, greedy_equal, first_difference, max_abs_logit, relative_logit,
/// tokenizer_equal, text_left, text_right}. Errors: loading's, inference's.
Result<Json> compare_inference(const std::filesystem::path& left, const std::filesystem::path& right,
                               compute::Device& device, const CompareOptions& options = {});

struct DiffOptions {
  /// Only tensors whose canonical name this accepts; null: all.
  std::function<bool(std::string_view name)> filter = {};
  double tolerance = 0;     // a value differs when |a - b| exceeds this
  int64_t show_values = 0;  // how many differing values of each tensor to list
  const std::atomic<bool>* cancel = nullptr;
};

/// Both models' tensors, in whatever formats, brought to the names and layouts of a Hugging Face folder and
/// compared as f32: {identical, compared, difference_count, max_abs, tensors: [{name, status (same, values,
/// shape, only_left, only_right), dtype_left, dtype_right, shape_left, shape_right, max_abs, rmse,
/// different_values, values: [{index, left, right}]}]}. Models of an unknown architecture are compared name
/// by name ("matched_by": "name" instead of "role"). Errors: opening's, dequantising's, cancelled.
Result<Json> diff_tensors(const std::filesystem::path& left, const std::filesystem::path& right,
                          const DiffOptions& options = {});

}  // namespace sov::llm
