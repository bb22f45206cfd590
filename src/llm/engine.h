#pragma once
// A loaded model and a conversation with it: ids in, logits out. Text, sampling and stopping are
// generate.h's.

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "compute/device.h"
#include "core/result.h"
#include "formats/model_file.h"
#include "llm/config.h"
#include "text/tokenizer.h"

namespace sov::llm {

using text::TokenId;

struct Weights;  // llm/decoder/weights.h

/// Weights, configuration and tokenizer of one model; immutable. The matrices stay in the mapped file.
/// Threads: const calls are safe; any number of sessions may share a model (hence shared_ptr: each keeps it
/// alive).
class Model {
 public:
  /// From anything formats::open_model opens. Errors: its errors; unsupported (architecture, RoPE scaling or
  /// dtype, by name); model (a tensor or configuration key that is missing or has the wrong shape, by name).
  static Result<std::shared_ptr<const Model>> load(const std::filesystem::path& path);
  static Result<std::shared_ptr<const Model>> from_file(std::unique_ptr<formats::ModelFile> file);
  ~Model();

  const Config& config() const { return config_; }
  const formats::ModelFile& file() const { return *file_; }
  const Weights& weights() const { return *weights_; }
  /// Null when the model carries none or one that is not built (ids still work); see need_tokenizer().
  const text::Tokenizer* tokenizer() const { return tokenizer_.get(); }
  /// Errors: not_found when the model carries none; what building it failed with.
  Result<const text::Tokenizer*> need_tokenizer() const;
  /// Parameters counted once (a tied head is not counted again).
  uint64_t parameters() const { return parameters_; }
  /// Wall time of loading, tokenizer included.
  double load_seconds() const { return load_seconds_; }
  /// Ids that end a generation unless the caller says otherwise.
  std::span<const TokenId> eos_ids() const { return config_.eos_ids; }

 private:
  Model();
  std::unique_ptr<formats::ModelFile> file_;
  Config config_;
  std::unique_ptr<Weights> weights_;
  std::unique_ptr<text::Tokenizer> tokenizer_;
  std::optional<Error> tokenizer_error_;
  uint64_t parameters_ = 0;
  double load_seconds_ = 0;
};

/// Sees named intermediates ("embed", "blk.3.attn", "blk.3.mlp", "norm", "logits"; docs in README) as they
/// are made.
using Tap = std::function<void(std::string_view name, compute::ConstRows rows)>;

struct SessionOptions {
  int64_t context = 0;  // most positions held; 0: the model's own context length
  int64_t chunk = 512;  // rows computed at once in prefill; never changes a result
  /// Of keys and values: f32, f16, bf16 or q8_0. f32 changes no logit; DECISIONS has what the others cost and
  /// save.
  DType cache_type = DType::f32;
};

/// One sequence: its token ids and its key/value cache, grown as needed.
/// The logits of a position have the same bits however the ids before it arrived: cached or not, in any
/// chunks, on any number of threads. Threads: one caller at a time; the device must outlive the session and
/// is used by one session at a time.
class Session {
 public:
  /// Errors: usage for negative options; unsupported for a cache type that does not fit; exhausted when
  /// context exceeds what the model can address.
  static Result<Session> create(std::shared_ptr<const Model> model, compute::Device& device,
                                const SessionOptions& options = {});
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;
  ~Session();

  /// Appends ids and returns the logits [vocab] after the last one; valid until the next call.
  /// Errors: usage for no ids or an id outside the vocabulary; exhausted when the context would overflow
  /// (nothing is appended); cancelled when *cancel becomes true, checked between chunks (whole chunks stay
  /// appended).
  Result<std::span<const float>> prefill(std::span<const TokenId> ids,
                                         const std::atomic<bool>* cancel = nullptr);
  /// The same for one id.
  Result<std::span<const float>> decode(TokenId id);
  /// Appends ids and hands over the logits [n, vocab] of every position, chunk by chunk, in order.
  Result<> prefill_all(std::span<const TokenId> ids,
                       const std::function<void(compute::ConstRows logits)>& sink);

  /// Forgets everything from `position` on. Requires (CHECKed): 0 <= position <= position().
  void truncate(int64_t position);
  /// Keeps the longest common prefix with ids (at most ids.size() - 1, so that a last row is computed) and
  /// returns its length: what need not be prefilled again.
  int64_t rewind_to_prefix(std::span<const TokenId> ids);

  int64_t position() const;
  int64_t context() const;
  std::span<const TokenId> tokens() const;
  uint64_t cache_bytes() const;
  const Model& model() const;
  /// nullptr: off (the default), which costs one comparison per intermediate. Must outlive its use.
  void set_tap(const Tap* tap);

 private:
  friend class Batch;
  struct Impl;
  explicit Session(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sov::llm
