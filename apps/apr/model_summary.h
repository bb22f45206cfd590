#pragma once
// What a model file says of itself, whichever format and spelling it says it in.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "apps/apr/app.h"
#include "formats/model_file.h"

namespace sov::apr {

/// Absent values were not in the file; nothing is guessed.
struct ModelSummary {
  std::optional<std::string> architecture;
  std::optional<int64_t> layers, heads, kv_heads, hidden, ffn, vocab, context;
  uint64_t parameters = 0;  // elements of all tensors
};

ModelSummary summarize(const formats::ModelFile& model);

/// Resolves SOURCE and opens it; irregularities that were tolerated become notes on stderr.
Result<std::unique_ptr<formats::ModelFile>> open_source(App& app, std::string_view source,
                                                        const formats::OpenOptions& options = {});

/// "blake3:<hex>" of a single file's bytes. Of a model in several files: BLAKE3 over one line `<hex>
/// <name>\n` per file, sorted by name, of all shards and the JSON and template files beside them.
Result<std::string> model_hash(const App& app, const formats::ModelFile& model);

/// Version, commit, compiler and processor; the caller adds model hash and seed.
Json provenance(const App& app);

/// 12345678 -> "12.3M".
std::string human_count(uint64_t count);

}  // namespace sov::apr
