#include "llm/profile/timing_device.h"

#include <array>
#include <charconv>
#include <chrono>

namespace sov::llm {
namespace {

using compute::ConstRows;
using compute::Rows;

/// "blk.3.attn_norm" -> layer 3, "attn_norm"; other names have no layer.
std::pair<int64_t, std::string_view> split_tap(std::string_view name) {
  constexpr std::string_view kBlock = "blk.";
  if (!name.starts_with(kBlock)) return {-1, name};
  int64_t layer = 0;
  const char* end = name.data() + name.size();
  const char* dot = std::from_chars(name.data() + kBlock.size(), end, layer).ptr;
  return {layer, std::string_view(dot + 1, static_cast<size_t>(end - dot) - 1)};
}

/// The part of the model whose operations end with a tap of this name.
Part part_of(std::string_view tap) {
  if (tap == "embed") return Part::embedding;
  if (tap.starts_with("attn")) return Part::attention;
  if (tap == "norm" || tap == "logits") return Part::head;
  return Part::mlp;
}

Work product(const compute::Weight& w, int64_t rows) {
  return {
      .flops = 2.0 * static_cast<double>(w.rows) * static_cast<double>(w.cols) * static_cast<double>(rows),
      .bytes = static_cast<double>(w.rows) * static_cast<double>(w.row_bytes())};
}

/// Pairs of query and key that are multiplied, over all heads.
double scores(const compute::AttentionArgs& a) {
  double seen = 0;
  for (int64_t t = 0; t < a.q.count; t++) {
    const int64_t all = a.first_position + t + 1;
    seen += static_cast<double>(a.window > 0 ? std::min(all, a.window) : all);
  }
  return seen * static_cast<double>(a.heads);
}

/// Each page counts once, however many tokens of a call see it.
Work attention_work(const compute::AttentionArgs& a) {
  const compute::KvShape& shape = a.kv.shape;
  const int64_t end = a.first_position + a.q.count;
  const int64_t held = a.window > 0 ? std::min(end, a.window + a.q.count - 1) : end;
  const double page = static_cast<double>(shape.page_bytes()) / static_cast<double>(compute::kPagePositions);
  return {.flops = 2.0 * scores(a) * static_cast<double>(shape.key_dim + shape.value_dim),
          .bytes = static_cast<double>(held) * page};
}

}  // namespace

std::string_view op_name(Op op) {
  constexpr std::array<std::string_view, 11> kNames = {"matmul", "gate-up", "embed",    "norm",
                                                       "add",    "scale",   "soft_cap", "activation",
                                                       "rope",   "store",   "attention"};
  return kNames[static_cast<size_t>(op)];
}

std::string_view phase_name(Phase phase) { return phase == Phase::prefill ? "prefill" : "decode"; }

std::string_view part_name(Part part) {
  constexpr std::array<std::string_view, 4> kNames = {"embedding", "attention", "mlp", "head"};
  return kNames[static_cast<size_t>(part)];
}

Work& Work::operator+=(const Work& other) {
  seconds += other.seconds;
  flops += other.flops;
  bytes += other.bytes;
  calls += other.calls;
  return *this;
}

void TimingDevice::set_phase(Phase phase) {
  pending_.clear();
  phase_ = phase;
}

template <typename Body>
void TimingDevice::time(Op op, DType dtype, Work work, Body body) {
  const auto start = std::chrono::steady_clock::now();
  body();
  work.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  work.calls = 1;
  if (phase_) pending_.push_back({op, dtype, work});
}

void TimingDevice::place(std::string_view tap_name) {
  if (pending_.empty()) return;
  const auto [layer, name] = split_tap(tap_name);
  for (const Pending& p : pending_) zones_[{*phase_, layer, part_of(name), p.op, p.dtype}] += p.work;
  pending_.clear();
}

void TimingDevice::matmul(const compute::Weight& w, ConstRows x, std::span<const float> bias, Rows y) {
  time(Op::matmul, w.dtype, product(w, x.count), [&] { inner_.matmul(w, x, bias, y); });
}
/// Counted under the first weight's type.
void TimingDevice::matmul_each(std::span<const compute::Product> products, ConstRows x) {
  Work work;
  for (const compute::Product& p : products) work += product(p.weight, x.count);
  time(Op::matmul, products.front().weight.dtype, work, [&] { inner_.matmul_each(products, x); });
}
void TimingDevice::matmul_gated(compute::Activation f, const compute::Product& gate,
                                const compute::Product& up, ConstRows x) {
  Work work = product(gate.weight, x.count);
  work += product(up.weight, x.count);
  time(Op::gate_up, gate.weight.dtype, work, [&] { inner_.matmul_gated(f, gate, up, x); });
}
void TimingDevice::embed(const compute::Weight& w, std::span<const int32_t> ids, Rows out) {
  const Work work{.bytes = static_cast<double>(ids.size()) * static_cast<double>(w.row_bytes())};
  time(Op::embed, w.dtype, work, [&] { inner_.embed(w, ids, out); });
}
void TimingDevice::rms_norm(ConstRows x, std::span<const float> weight, float weight_offset, float eps,
                            Rows out) {
  time(Op::norm, DType::f32, {}, [&] { inner_.rms_norm(x, weight, weight_offset, eps, out); });
}
void TimingDevice::layer_norm(ConstRows x, std::span<const float> weight, std::span<const float> bias,
                              float eps, Rows out) {
  time(Op::norm, DType::f32, {}, [&] { inner_.layer_norm(x, weight, bias, eps, out); });
}
void TimingDevice::add(ConstRows x, Rows y) {
  time(Op::add, DType::f32, {}, [&] { inner_.add(x, y); });
}
void TimingDevice::scale(Rows x, float factor) {
  time(Op::scale, DType::f32, {}, [&] { inner_.scale(x, factor); });
}
void TimingDevice::soft_cap(Rows x, float cap) {
  time(Op::soft_cap, DType::f32, {}, [&] { inner_.soft_cap(x, cap); });
}
void TimingDevice::activate(compute::Activation f, Rows x) {
  time(Op::activation, DType::f32, {}, [&] { inner_.activate(f, x); });
}
void TimingDevice::activate_gated(compute::Activation f, Rows gate, ConstRows up) {
  time(Op::activation, DType::f32, {}, [&] { inner_.activate_gated(f, gate, up); });
}
void TimingDevice::rope(Rows x, int64_t head_dim, compute::RopePairing pairing, ConstRows cos,
                        ConstRows sin) {
  time(Op::rope, DType::f32, {}, [&] { inner_.rope(x, head_dim, pairing, cos, sin); });
}
void TimingDevice::store(ConstRows k, ConstRows v, int64_t first, const compute::KvPages& to) {
  time(Op::store, to.shape.dtype, {}, [&] { inner_.store(k, v, first, to); });
}
void TimingDevice::attention(const compute::AttentionArgs& args) { attention_each({&args, 1}); }

void TimingDevice::attention_each(std::span<const compute::AttentionArgs> calls) {
  if (calls.empty()) return;
  Work work;
  for (const compute::AttentionArgs& call : calls) {
    const Work one = attention_work(call);
    work.flops += one.flops;
    work.bytes += one.bytes;
  }
  time(Op::attention, calls[0].kv.shape.dtype, work, [&] { inner_.attention_each(calls); });
}

}  // namespace sov::llm
