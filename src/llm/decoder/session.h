#pragma once
// What a session holds.

#include "llm/decoder/forward.h"
#include "llm/engine.h"

namespace sov::llm {

struct Session::Impl {
  Impl(std::shared_ptr<const Model> m, compute::Device& device, const compute::KvShape& cached,
       int64_t context_limit, int64_t chunk_rows)
      : model(std::move(m)),
        decoder(model->config(), model->weights(), device),
        cache(model->config().layers, cached, context_limit),
        chunk(chunk_rows) {}

  std::shared_ptr<const Model> model;
  Decoder decoder;
  nn::KvCache cache;
  int64_t chunk;
  std::vector<TokenId> tokens;  // those whose keys and values are cached
  int64_t cached_sequence = 0;  // the length that RoPE was told of when they were cached
  const Tap* tap = nullptr;

  using Sink = std::function<void(compute::Rows hidden, bool last)>;
  /// Checks, prepares and runs; the sink sees every chunk of `ids`.
  Result<> append(std::span<const TokenId> ids, const std::atomic<bool>* cancel, const Sink& sink);
  /// Errors: usage and exhausted, as Session::prefill's.
  Result<> check(std::span<const TokenId> ids) const;
  /// Makes room for so many more. When the longer sequence turns RoPE's angles (dynamic and longrope
  /// scaling), what was cached is computed again, so that a result never depends on how the ids arrived.
  Result<> prepare(int64_t more, const std::atomic<bool>* cancel);
  /// Ids that stand behind those held; whoever runs the piece adds them to `tokens`.
  Piece piece(std::span<const TokenId> ids, int64_t sequence);

 private:
  /// Chunk by chunk, within a sequence that grows to `sequence`. `sink` may be null.
  Result<> run(std::span<const TokenId> ids, int64_t sequence, const std::atomic<bool>* cancel,
               const Sink& sink);
};

}  // namespace sov::llm
