#pragma once
// Several sequences of one model computed together, so that each weight is read once for all of them.

#include <memory>
#include <span>

#include "compute/device.h"
#include "core/result.h"
#include "llm/engine.h"

namespace sov::llm {

/// Ids to append to a session.
struct BatchItem {
  Session* session = nullptr;
  std::span<const TokenId> ids;
};

/// Buffers for passes over the sessions of one model on one device; any of them may take part in any call,
/// with one id (decoding) or many (a piece of a prompt). The logits have the bits that the session alone
/// would have given. Threads: one caller at a time; the sessions and the device are in use during a call.
class Batch {
 public:
  Batch(std::shared_ptr<const Model> model, compute::Device& device);
  ~Batch();
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;

  /// Appends the ids of every item to its session; returns the logits [items, vocab] after the last id of
  /// each, valid until the next call. All ids are one pass: its buffers grow with their number. Errors: usage
  /// for no items, a session of another model or twice, and what Session::prefill refuses; then no session
  /// has changed, unless memory was refused.
  Result<compute::ConstRows> append(std::span<const BatchItem> items);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sov::llm
