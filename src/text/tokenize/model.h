#pragma once
// A model turns one piece of text into ids.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/tokenizer.h"

namespace sov::text {

/// Ids of pieces already seen in this call, so that a repeated word is looked up instead of tokenized again.
/// The ids themselves are read back from the output, which only grows.
class PieceCache {
 public:
  /// Appends the piece's ids to out if they are known.
  bool replay(std::string_view piece, uint64_t hash, std::vector<TokenId>& out) const;
  void remember(std::string_view piece, uint64_t hash, size_t first_id, size_t id_count);

 private:
  struct Entry {
    uint64_t hash = 0;
    uint32_t key_offset = 0, key_size = 0;  // size 0 = free
    uint32_t first_id = 0, id_count = 0;
  };
  void grow();
  std::vector<Entry> entries_;
  std::string keys_;
  size_t used_ = 0;
};

/// What one encode() call reuses from piece to piece.
struct Scratch {
  PieceCache cache;
  std::vector<TokenId> symbols;
  std::vector<uint32_t> ranks, previous, next;
  std::vector<uint64_t> heap;
  std::vector<double> scores;
  std::string text;
};

/// Threads: const calls are safe, each with its own Scratch.
class Model {
 public:
  virtual ~Model() = default;
  /// piece is not empty.
  virtual void encode(std::string_view piece, Scratch& scratch, std::vector<TokenId>& out) const = 0;
  /// The id for a byte that is no part of valid UTF-8, if the model can say such a thing.
  virtual std::optional<TokenId> byte_id(uint8_t byte) const = 0;
  virtual std::string_view name() const = 0;
};

}  // namespace sov::text
