#include "llm/check/probe_device.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "nn/kv_cache.h"

namespace sov::llm {
namespace {

using compute::ConstRows;
using compute::Rows;

constexpr double kInfinite = std::numeric_limits<double>::infinity();

std::vector<float> copy_of(ConstRows rows) {
  std::vector<float> out;
  out.reserve(static_cast<size_t>(rows.count * rows.width));
  for (int64_t t = 0; t < rows.count; t++) out.insert(out.end(), rows.row(t).begin(), rows.row(t).end());
  return out;
}

double mean_square(std::span<const float> x, double mean) {
  double sum = 0;
  for (const float v : x) sum += (v - mean) * (v - mean);
  return sum / static_cast<double>(x.size());
}

/// Undoes weight and bias of one output row and compares its RMS with that of the normalised input.
void record_row(std::span<const float> x, double mean, double eps, std::span<const float> weight,
                double offset, std::span<const float> bias, std::span<const float> out, NormRecord& record) {
  // Over the positions whose weight is not zero: from the others nothing can be read back.
  double want = 0, got = 0;
  const double scale = 1 / std::sqrt(mean_square(x, mean) + eps);
  int64_t used = 0;
  bool any = false, silent = true;
  for (size_t i = 0; i < x.size(); i++) {
    any = any || x[i] != 0;
    silent = silent && out[i] == 0;
    const double w = weight[i] + offset;
    if (w == 0) continue;
    const double normal = (x[i] - mean) * scale;
    const double back = (out[i] - (bias.empty() ? 0.0F : bias[i])) / w;
    want += normal * normal;
    got += back * back;
    used++;
  }
  record.silent = record.silent || (any && silent);
  if (used == 0) return;
  const double error =
      std::abs(std::sqrt(got / static_cast<double>(used)) - std::sqrt(want / static_cast<double>(used)));
  record.worst = std::max(record.worst, std::isfinite(error) ? error : kInfinite);
}

NormRecord count_weights(std::span<const float> weight, float offset) {
  NormRecord record;
  record.weights = static_cast<int64_t>(weight.size());
  record.zero_weights = std::ranges::count_if(weight, [&](float w) { return w + offset == 0; });
  return record;
}

bool all_finite(ConstRows rows) {
  for (int64_t t = 0; t < rows.count; t++) {
    if (!std::ranges::all_of(rows.row(t), [](float v) { return std::isfinite(v); })) return false;
  }
  return true;
}

bool rows_differ(ConstRows rows) {
  for (int64_t t = 1; t < rows.count; t++) {
    if (!std::ranges::equal(rows.row(t), rows.row(0))) return true;
  }
  return rows.count < 2;
}

}  // namespace

void ProbeDevice::name_last(std::string_view name) {
  for (; named_norms_ < norms_.size(); named_norms_++) norms_[named_norms_].name = name;
  for (; named_attentions_ < attentions_.size(); named_attentions_++)
    attentions_[named_attentions_].name = name;
}

void ProbeDevice::rms_norm(ConstRows x, std::span<const float> weight, float weight_offset, float eps,
                           Rows out) {
  const std::vector<float> input = copy_of(x);  // out may be x
  inner_.rms_norm(x, weight, weight_offset, eps, out);
  NormRecord record = count_weights(weight, weight_offset);
  const ConstRows before(input.data(), x.count, x.width);
  for (int64_t t = 0; t < x.count; t++) {
    record_row(before.row(t), 0, eps, weight, weight_offset, {}, ConstRows(out).row(t), record);
  }
  norms_.push_back(record);
}

void ProbeDevice::layer_norm(ConstRows x, std::span<const float> weight, std::span<const float> bias,
                             float eps, Rows out) {
  const std::vector<float> input = copy_of(x);
  inner_.layer_norm(x, weight, bias, eps, out);
  NormRecord record = count_weights(weight, 0);
  const ConstRows before(input.data(), x.count, x.width);
  for (int64_t t = 0; t < x.count; t++) {
    double mean = 0;
    for (const float v : before.row(t)) mean += v;
    mean /= static_cast<double>(x.width);
    record_row(before.row(t), mean, eps, weight, 0, bias, ConstRows(out).row(t), record);
  }
  norms_.push_back(record);
}

void ProbeDevice::attention(const compute::AttentionArgs& args) {
  inner_.attention(args);
  const compute::KvShape& shape = args.kv.shape;
  const int64_t count = args.first_position + args.q.count;
  std::vector<float> keys(static_cast<size_t>(count * shape.kv_heads * shape.key_dim));
  std::vector<float> values(static_cast<size_t>(count * shape.kv_heads * shape.value_dim));
  const Rows k(keys.data(), count, shape.kv_heads * shape.key_dim);
  const Rows v(values.data(), count, shape.kv_heads * shape.value_dim);
  for (int64_t t = 0; t < count; t++) {
    for (int64_t head = 0; head < shape.kv_heads; head++) {
      load_key(args.kv, t, head, k.columns(head * shape.key_dim, shape.key_dim).row(t));
      load_value(args.kv, t, head, v.columns(head * shape.value_dim, shape.value_dim).row(t));
    }
  }
  AttentionRecord record;
  record.finite = all_finite(args.q) && all_finite(k) && all_finite(v);
  record.varied = rows_differ(args.q) && rows_differ(k);
  // With values of one everywhere each output is the sum of its row of weights.
  std::ranges::fill(values, 1.0F);
  nn::KvCache ones(1, shape, count);
  if (!ones.reserve(count)) {
    record.worst_sum = kInfinite;
  } else {
    inner_.store(k, v, 0, ones.pages(0));
    std::vector<float> sums(static_cast<size_t>(args.out.count * args.out.width));
    compute::AttentionArgs probe = args;
    probe.kv = ones.pages(0);
    probe.out = Rows(sums.data(), args.out.count, args.out.width);
    inner_.attention(probe);
    for (const float sum : sums) {
      const double error = std::abs(sum - 1.0);
      record.worst_sum = std::max(record.worst_sum, std::isfinite(error) ? error : kInfinite);
    }
  }
  attentions_.push_back(record);
}

}  // namespace sov::llm
