#pragma once
// What every spelling of "convert a model" shares: options, progress, the report for people.

#include <filesystem>
#include <string>
#include <vector>

#include "apps/apr/app.h"
#include "llm/convert.h"

namespace sov::apr {

/// --verify, --force, --max-shard-size, --threads and the rest of device_options().
std::vector<OptionSpec> conversion_options();

struct ConversionJob {
  std::string source;  // path or built-in name
  std::filesystem::path output;
  std::string format;  // "gguf", "safetensors", "apr"; empty: from the output's name
  std::string quantize = "keep";
  bool scratch = false;  // a file of the command's own, which has no --verify, --force, --max-shard-size
};
/// Converts with a progress bar and returns the report; prints nothing.
Result<Json> convert_model(App& app, const ParsedArgs& args, const ConversionJob& job);
/// The same, and prints the report.
Result<> run_conversion(App& app, const ParsedArgs& args, const ConversionJob& job);

/// gguf, apr, safetensors and the other words for a folder of them (hf, huggingface). Errors: usage.
Result<formats::Format> read_format(std::string_view word);
/// "5GB", "500MB", "4GiB" or bytes. Errors: usage.
Result<uint64_t> read_size(std::string_view text);

}  // namespace sov::apr
