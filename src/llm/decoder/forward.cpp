#include "llm/decoder/forward.h"

#include <algorithm>

namespace sov::llm {

using compute::ConstRows;
using compute::Rows;

namespace {

void show(const Tap* tap, int64_t layer, std::string_view what, ConstRows rows) {
  if (tap) (*tap)(strf("blk.{}.{}", layer, what), rows);
}
void show(const Tap* tap, std::string_view name, ConstRows rows) {
  if (tap) (*tap)(name, rows);
}

}  // namespace

Decoder::Decoder(const Config& config, const Weights& weights, compute::Device& device)
    : config_(config),
      weights_(weights),
      device_(device),
      norm_{config.norm, config.norm_eps, config.norm_weight_offset},
      tables_(config.ropes.size()) {
  for (const nn::RopeConfig& rope : config.ropes) ropes_.emplace_back(rope);
}

Rows Decoder::forward(std::span<const Piece> pieces, const Tap* tap) {
  ids_.clear();
  for (nn::Rope::Table& table : tables_) table = {};
  for (const Piece& piece : pieces) {
    ids_.insert(ids_.end(), piece.ids.begin(), piece.ids.end());
    const auto count = static_cast<int64_t>(piece.ids.size());
    for (size_t i = 0; i < ropes_.size(); i++) {
      tables_[i].append(ropes_[i].table(piece.first, count, piece.sequence));
    }
  }
  const Rows x = x_.rows(static_cast<int64_t>(ids_.size()), config_.hidden);
  embed(pieces, x);
  show(tap, "embed", x);
  for (int64_t i = 0; i < config_.layers; i++) layer(i, x, pieces, tap);
  return x;
}

void Decoder::embed(std::span<const Piece> pieces, Rows x) {
  device_.embed(weights_.embedding, ids_, x);
  if (config_.embedding_scale != 1) device_.scale(x, config_.embedding_scale);
  if (!config_.learned_positions) return;
  std::vector<int32_t> positions;
  for (const Piece& piece : pieces) {
    for (size_t i = 0; i < piece.ids.size(); i++) {
      positions.push_back(static_cast<int32_t>(piece.first) + static_cast<int32_t>(i));
    }
  }
  const Rows p = h_.rows(x.count, config_.hidden);
  device_.embed(weights_.positions, positions, p);
  device_.add(p, x);
}

void Decoder::layer(int64_t index, Rows x, std::span<const Piece> pieces, const Tap* tap) {
  const LayerWeights& w = weights_.layers[static_cast<size_t>(index)];
  const Rows h = h_.rows(x.count, config_.hidden);
  const Rows block = block_.rows(x.count, config_.hidden);

  nn::norm(device_, norm_, w.attention_norm, x, h);
  show(tap, index, "attn_norm", h);
  attention(index, h, pieces, block);
  if (w.post_attention_norm.present()) nn::norm(device_, norm_, w.post_attention_norm, block, block);
  show(tap, index, "attn", block);
  device_.add(block, x);

  nn::norm(device_, norm_, w.mlp_norm, x, h);
  show(tap, index, "mlp_norm", h);
  nn::mlp(device_, w.mlp, config_.activation, h, up_, gate_, block);
  if (w.post_mlp_norm.present()) nn::norm(device_, norm_, w.post_mlp_norm, block, block);
  show(tap, index, "mlp", block);
  device_.add(block, x);
  show(tap, index, "out", x);
}

void Decoder::attention(int64_t index, ConstRows h, std::span<const Piece> pieces, Rows out) {
  const LayerWeights& w = weights_.layers[static_cast<size_t>(index)];
  const Rows q = q_.rows(h.count, config_.heads * config_.head_dim);
  const Rows k = k_.rows(h.count, config_.kv_heads * config_.head_dim);
  const Rows v = v_.rows(h.count, config_.kv_heads * config_.head_dim);
  const Rows mixed = mixed_.rows(h.count, config_.heads * config_.head_dim);

  const compute::Product projections[] = {nn::product(w.q, q), nn::product(w.k, k), nn::product(w.v, v)};
  device_.matmul_each(projections, h);
  if (w.q_norm.present()) nn::norm_heads(device_, norm_, w.q_norm, q);
  if (w.k_norm.present()) nn::norm_heads(device_, norm_, w.k_norm, k);
  if (!ropes_.empty()) {
    const nn::Rope::Table& t =
        tables_[static_cast<size_t>(config_.rope_of_layer[static_cast<size_t>(index)])];
    device_.rope(q, config_.head_dim, config_.pairing, t.cos_rows(), t.sin_rows());
    device_.rope(k, config_.head_dim, config_.pairing, t.cos_rows(), t.sin_rows());
  }
  mix(index, pieces, q, k, v, mixed);
  nn::linear(device_, w.output, mixed, out);
}

void Decoder::mix(int64_t index, std::span<const Piece> pieces, ConstRows q, ConstRows k, ConstRows v,
                  Rows mixed) {
  calls_.clear();
  int64_t row = 0;
  for (const Piece& piece : pieces) {
    const auto count = static_cast<int64_t>(piece.ids.size());
    const compute::KvPages pages = piece.cache->pages(index);
    device_.store(k.slice(row, count), v.slice(row, count), piece.first, pages);
    calls_.push_back({.q = q.slice(row, count),
                      .kv = pages,
                      .first_position = piece.first,
                      .heads = config_.heads,
                      .window = config_.windows[static_cast<size_t>(index)],
                      .scale = config_.attention_scale,
                      .soft_cap = config_.attention_soft_cap,
                      .out = mixed.slice(row, count)});
    row += count;
  }
  device_.attention_each(calls_);
}

Rows Decoder::logits(Rows x, const Tap* tap) {
  const Rows h = normed_.rows(x.count, config_.hidden);
  nn::norm(device_, norm_, weights_.final_norm, x, h);
  show(tap, "norm", h);
  const Rows out = logits_.rows(x.count, config_.vocab);
  nn::linear(device_, weights_.head, h, out);
  if (config_.logit_soft_cap > 0) device_.soft_cap(out, config_.logit_soft_cap);
  show(tap, "logits", out);
  return out;
}

bool Decoder::same_angles(int64_t sequence, int64_t other) const {
  return std::all_of(ropes_.begin(), ropes_.end(),
                     [&](const nn::Rope& rope) { return rope.same_angles(sequence, other); });
}

}  // namespace sov::llm
