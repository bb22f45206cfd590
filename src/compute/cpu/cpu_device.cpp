// The SIMD device: cuts each operation into tasks by its shape and runs one tier's kernels on them. Which
// thread takes a task, and how many tasks there are, never changes a bit (see matmul-inl.h and
// attention-inl.h for the orders).
#include <algorithm>

#include "compute/cpu/attention_plan.h"
#include "compute/cpu/kernels.h"
#include "compute/cpu/scratch.h"
#include "compute/cpu/tiers.h"
#include "compute/device.h"
#include "compute/quant/codec.h"
#include "compute/shapes.h"

namespace sov::compute {
namespace {

// The order that Kernels::activate counts in.
static_assert(static_cast<int>(Activation::silu) == 0 && static_cast<int>(Activation::gelu) == 1 &&
              static_cast<int>(Activation::gelu_tanh) == 2 && static_cast<int>(Activation::relu) == 3);

// Waking the pool costs a few microseconds; a task should take several. In multiply-adds, at roughly 20 per
// nanosecond and thread.
constexpr int64_t kTaskWork = 128 * 1024;
// Row tiles of a prompt: unpacked codes of one tile stay in L2.
constexpr int64_t kTileFloats = 96 * 1024;
constexpr int64_t kMostTileRows = 32;
// Of plain types a segment of 96 rows, 192 KiB, waits in L2 while the tokens pass, 96 KiB at a time.
constexpr int64_t kFloatTileRows = 96;

int64_t divide_up(int64_t a, int64_t b) { return (a + b - 1) / b; }
int64_t round_up(int64_t a, int64_t b) { return divide_up(a, b) * b; }

// Rounded rows are read together, 2 KiB of each at a time. Rows a power of two apart would fall on the same
// sets of L1 and push each other out; these strides are an odd number of KiB, so that rows take turns over a
// 4 KiB way. Measured on a Zen 3 server: 2048 columns, 36 to 40 G multiply-adds a second.
int64_t spread_groups(int64_t groups) { return groups + (6 - groups % 4) % 4; }

const TypeKernels* type_kernels(const Kernels& kernels, DType dtype) {
  switch (dtype) {
    case DType::f32:
      return &kernels.f32;
    case DType::f16:
      return &kernels.f16;
    case DType::bf16:
      return &kernels.bf16;
    case DType::q8_0:
      return &kernels.q8_0;
    case DType::q4_0:
      return &kernels.q4_0;
    case DType::q4_1:
      return &kernels.q4_1;
    case DType::q5_0:
      return &kernels.q5_0;
    case DType::q5_1:
      return &kernels.q5_1;
    case DType::q2_k:
      return &kernels.q2_k;
    case DType::q3_k:
      return &kernels.q3_k;
    case DType::q4_k:
      return &kernels.q4_k;
    case DType::q5_k:
      return &kernels.q5_k;
    case DType::q6_k:
      return &kernels.q6_k;
    case DType::iq4_nl:
      return &kernels.iq4_nl;
    case DType::iq4_xs:
      return &kernels.iq4_xs;
    case DType::iq1_s:
      return &kernels.iq1_s;
    case DType::iq1_m:
      return &kernels.iq1_m;
    case DType::iq2_xxs:
      return &kernels.iq2_xxs;
    case DType::iq2_xs:
      return &kernels.iq2_xs;
    case DType::iq2_s:
      return &kernels.iq2_s;
    case DType::iq3_xxs:
      return &kernels.iq3_xxs;
    case DType::iq3_s:
      return &kernels.iq3_s;
    case DType::tq1_0:
      return &kernels.tq1_0;
    case DType::tq2_0:
      return &kernels.tq2_0;
    case DType::mxfp4:
      return &kernels.mxfp4;
    default:
      return nullptr;
  }
}

/// Decodes a row: the tier's kernel where it has one, else the codec; the bits are the same.
struct RowDecoder {
  const TypeKernels* kernels;
  const Codec* codec;
  int64_t cols;
  int64_t block_elements;
  int64_t block_bytes;
  int64_t row_bytes;
  const std::byte* data;

  RowDecoder(const Kernels& tier, const Weight& w)
      : kernels(type_kernels(tier, w.dtype)),
        codec(find_codec(w.dtype)),
        cols(w.cols),
        block_elements(info(w.dtype).block_elements),
        block_bytes(info(w.dtype).block_bytes),
        row_bytes(w.row_bytes()),
        data(w.data) {}

  void decode(int64_t row, float* out) const { decode(row, 0, cols, out); }

  /// Columns [first, first + count) in whole blocks.
  void decode(int64_t row, int64_t first, int64_t count, float* out) const {
    const std::byte* from = data + row * row_bytes + first / block_elements * block_bytes;
    if (kernels != nullptr && kernels->unpack != nullptr) {
      kernels->unpack(from, out, count);
    } else {
      codec->decode(from, out, count / block_elements);
    }
  }
};

auto attention_kernel(const Kernels& kernels, DType dtype) -> void (*)(const AttendArgs&) {
  switch (dtype) {
    case DType::f32:
      return kernels.attend_f32;
    case DType::f16:
      return kernels.attend_f16;
    case DType::bf16:
      return kernels.attend_bf16;
    default:
      return kernels.attend_q8_0;  // the last that check_kv_shape lets through
  }
}

class CpuDevice final : public Device {
 public:
  CpuDevice(const Kernels& kernels, int threads) : kernels_(kernels), pool_(threads) {}

  std::string_view name() const override { return "cpu"; }
  std::string_view target() const override { return kernels_.name; }
  int threads() const override { return pool_.size(); }

  void matmul(const Weight& w, ConstRows x, std::span<const float> bias, Rows y) override {
    check_matmul(w, x, bias, y);
    if (x.count == 0 || w.rows == 0) return;
    const TypeKernels* type = type_kernels(kernels_, w.dtype);
    if (type != nullptr && type->matvec_words != nullptr) return multiply_rounded(*type, w, x, bias, y);
    if (type != nullptr && x.count == 1) return multiply_one(*type, w, x, bias, y);
    multiply_many(w, x, bias, y);
  }

  void embed(const Weight& w, std::span<const int32_t> ids, Rows out) override {
    check_embed(w, ids, out);
    const RowDecoder decoder(kernels_, w);
    for_tasks(out.count, w.cols, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i++) decoder.decode(ids[static_cast<size_t>(i)], out.row(i).data());
    });
  }

  void rms_norm(ConstRows x, std::span<const float> weight, float weight_offset, float eps,
                Rows out) override {
    check_norm(x, weight, {}, out);
    for_rows(x, [&](int64_t t) {
      kernels_.rms_norm(x.row(t).data(), weight.data(), weight_offset, eps, x.width, out.row(t).data());
    });
  }

  void layer_norm(ConstRows x, std::span<const float> weight, std::span<const float> bias, float eps,
                  Rows out) override {
    check_norm(x, weight, bias, out);
    const float* shift = bias.empty() ? nullptr : bias.data();
    for_rows(x, [&](int64_t t) {
      kernels_.layer_norm(x.row(t).data(), weight.data(), shift, eps, x.width, out.row(t).data());
    });
  }

  void add(ConstRows x, Rows y) override {
    check_same_shape(x, y);
    for_rows(x, [&](int64_t t) { kernels_.add(x.row(t).data(), y.row(t).data(), x.width); });
  }

  void scale(Rows x, float factor) override {
    for_rows(x, [&](int64_t t) { kernels_.scale(x.row(t).data(), factor, x.width); });
  }

  void soft_cap(Rows x, float cap) override {
    CHECK(cap > 0);
    for_rows(x, [&](int64_t t) { kernels_.soft_cap(x.row(t).data(), cap, x.width); }, 8);
  }

  void activate(Activation f, Rows x) override {
    for_rows(
        x, [&](int64_t t) { kernels_.activate(static_cast<int>(f), x.row(t).data(), nullptr, x.width); }, 8);
  }

  void activate_gated(Activation f, Rows gate, ConstRows up) override {
    check_same_shape(up, gate);
    const auto one = [&](int64_t t) {
      kernels_.activate(static_cast<int>(f), gate.row(t).data(), up.row(t).data(), gate.width);
    };
    for_rows(gate, one, 8);
  }

  void rope(Rows x, int64_t head_dim, RopePairing pairing, ConstRows cos, ConstRows sin) override {
    check_rope(x, head_dim, cos, sin);
    const auto rotate = pairing == RopePairing::adjacent ? kernels_.rope_adjacent : kernels_.rope_halves;
    for_rows(x, [&](int64_t t) {
      for (int64_t head = 0; head < x.width; head += head_dim) {
        rotate(x.row(t).data() + head, cos.row(t).data(), sin.row(t).data(), cos.width);
      }
    });
  }

  void store(ConstRows k, ConstRows v, int64_t first, const KvPages& to) override {
    check_store(k, v, first, to);
    for_tasks(k.count, 8 * (k.width + v.width), [&](int64_t begin, int64_t end) {
      store_rows(k.slice(begin, end - begin), v.slice(begin, end - begin), first + begin, to);
    });
  }

  void attention(const AttentionArgs& args) override {
    check_attention(args);
    const AttentionPlan plan(args);
    const int64_t groups = plan.tiles * args.kv.shape.kv_heads;
    if (groups >= 2 * threads() || plan.blocks == 1) return attend_groups(plan, groups);
    attend_blocks(plan, groups);
  }

 private:
  /// body(task) for every task, on the pool when there is enough to do; `work`: multiply-adds of one task.
  template <typename Body>
  void run_tasks(int64_t tasks, int64_t work, Body&& body) {
    if (tasks * work < kTaskWork) {
      for (int64_t task = 0; task < tasks; task++) body(task);
    } else {
      pool_.run(tasks, body);
    }
  }

  /// body(begin, end) over ranges of `count` items of `work` multiply-adds each.
  template <typename Body>
  void for_tasks(int64_t count, int64_t work, Body&& body) {
    const int64_t size =
        std::clamp<int64_t>(kTaskWork / 4 / std::max<int64_t>(work, 1), 1, std::max<int64_t>(count, 1));
    const int64_t tasks = divide_up(count, size);
    run_tasks(tasks, size * work,
              [&](int64_t task) { body(task * size, std::min(count, (task + 1) * size)); });
  }

  /// body(row) for every row; `cost`: multiply-adds that one value is worth.
  template <typename Body>
  void for_rows(ConstRows x, Body&& body, int64_t cost = 1) {
    for_tasks(x.count, x.width * cost, [&](int64_t begin, int64_t end) {
      for (int64_t t = begin; t < end; t++) body(t);
    });
  }

  /// body(first row, rows, bias of these rows or null) for ranges of the weight's rows: at least kTaskWork
  /// per task and at most eight tasks per thread, in whole groups of four rows.
  template <typename Body>
  void for_weight_rows(const Weight& w, std::span<const float> bias, Body&& body) {
    const int64_t enough = divide_up(kTaskWork, w.cols);
    const int64_t size = round_up(std::max(enough, divide_up(w.rows, int64_t{8} * threads())), 4);
    run_tasks(divide_up(w.rows, size), std::min(size, w.rows) * w.cols, [&](int64_t task) {
      const int64_t first = task * size;
      body(first, std::min(size, w.rows - first), bias.empty() ? nullptr : bias.data() + first);
    });
  }

  /// One token and a type whose products are taken in f32.
  void multiply_one(const TypeKernels& type, const Weight& w, ConstRows x, std::span<const float> bias,
                    Rows y) {
    const int64_t row_bytes = w.row_bytes();
    for_weight_rows(w, bias, [&](int64_t first, int64_t rows, const float* shift) {
      type.matvec(w.data + first * row_bytes, row_bytes, rows, w.cols, x.data, shift, y.data + first);
    });
  }

  /// Quantised types: the activations are rounded to 16 bits, the products are integers.
  void multiply_rounded(const TypeKernels& type, const Weight& w, ConstRows x, std::span<const float> bias,
                        Rows y) {
    const int64_t groups = divide_up(w.cols, kRoundedGroup);
    const int64_t stride = spread_groups(groups) * kRoundedGroup;
    const int64_t row_floats = stride / 2 + groups * (1 + 8);
    auto scratch = scratch_.borrow(static_cast<size_t>(x.count * row_floats));
    auto* codes = reinterpret_cast<int16_t*>(scratch.data());
    float* sums = scratch.data() + x.count * stride / 2;
    float* scales = sums + x.count * groups * 8;
    for_rows(
        x,
        [&](int64_t t) {
          kernels_.round_row(x.row(t).data(), x.width, codes + t * stride, scales + t * groups,
                             sums + t * groups * 8);
        },
        4);
    const RoundedRows rounded{codes, scales, sums, stride, groups, groups * 8, x.count};
    if (x.count > 1) return multiply_tiles(type, w, rounded, bias, y);
    const int64_t row_bytes = w.row_bytes();
    for_weight_rows(w, bias, [&](int64_t first, int64_t rows, const float* shift) {
      type.matvec_words(w.data + first * row_bytes, row_bytes, rows, w.cols, {codes, scales, sums}, shift,
                        y.data + first);
    });
  }

  /// The same for several tokens: each tile of rows is unpacked once and used by all of them.
  void multiply_tiles(const TypeKernels& type, const Weight& w, const RoundedRows& x,
                      std::span<const float> bias, Rows y) {
    const int64_t words = x.code_stride;
    const int64_t row_scales = divide_up(w.cols, kRoundedGroup) * kRoundedGroup / type.span;
    const int64_t row_floats = words / 2 + row_scales + (type.offsets ? x.sum_stride : 0);
    const int64_t size = tile_rows(w.rows, row_floats);
    run_tasks(divide_up(w.rows, size), size * w.cols * x.count, [&](int64_t task) {
      const int64_t first = task * size;
      const int64_t rows = std::min(size, w.rows - first);
      auto scratch = scratch_.borrow(static_cast<size_t>(size * row_floats + word_totals(size)));
      auto* tile = reinterpret_cast<int16_t*>(scratch.data());
      float* scales = scratch.data() + size * words / 2;
      float* offsets = scales + size * row_scales;
      for (int64_t r = 0; r < rows; r++) {
        type.unpack_words(w.data + (first + r) * w.row_bytes(), w.cols, tile + r * words,
                          scales + r * row_scales, offsets + r * x.sum_stride);
      }
      WordTileArgs args = {};
      args.w = tile;
      args.w_stride = words;
      args.scales = scales;
      args.scale_stride = row_scales;
      args.offsets = type.offsets ? offsets : nullptr;
      args.offset_stride = x.sum_stride;
      args.rows = rows;
      args.x = x;
      args.cols = w.cols;
      args.bias = bias.empty() ? nullptr : bias.data() + first;
      args.y = y.data + first;
      args.y_stride = y.stride;
      args.totals = scratch.data() + size * row_floats;
      type.word_tile(args);
    });
  }

  /// Rows of a tile whose unpacked form takes row_floats each.
  int64_t tile_rows(int64_t rows, int64_t row_floats) const {
    const int64_t fair = divide_up(rows, int64_t{4} * threads());
    return std::clamp<int64_t>(std::min(kTileFloats / row_floats, round_up(fair, 4)), 4, kMostTileRows) / 4 *
           4;
  }

  /// Several tokens, or a type without a kernel of its own: of each tile of rows a segment of columns is
  /// decoded at a time and used by all tokens.
  void multiply_many(const Weight& w, ConstRows x, std::span<const float> bias, Rows y) {
    const int64_t segments = divide_up(w.cols, kSegment);
    auto packed = scratch_.borrow(static_cast<size_t>(segments * x.count * kSegment));
    pack_segments(x, packed.data());
    const RowDecoder decoder(kernels_, w);
    const int64_t size = float_tile_rows(w.rows);
    run_tasks(divide_up(w.rows, size), size * w.cols * x.count, [&](int64_t task) {
      auto scratch = scratch_.borrow(static_cast<size_t>(size * kSegment));
      TileArgs args = {};
      const int64_t first_row = task * size;
      args.w = scratch.data();
      args.rows = std::min(size, w.rows - first_row);
      args.tokens = x.count;
      args.y = y.data + first_row;
      args.y_stride = y.stride;
      for (int64_t segment = 0; segment < segments; segment++) {
        const int64_t cols = std::min(kSegment, w.cols - segment * kSegment);
        for (int64_t r = 0; r < args.rows; r++) {
          float* row = scratch.data() + r * kSegment;
          decoder.decode(first_row + r, segment * kSegment, cols, row);
          std::fill(row + cols, row + round_up(cols, 16), 0.0F);
        }
        args.x = packed.data() + segment * x.count * kSegment;
        args.cols = round_up(cols, 16);
        args.first_segment = segment == 0;
        args.bias = bias.empty() || segment + 1 < segments ? nullptr : bias.data() + first_row;
        kernels_.tile(args);
      }
    });
  }

  /// x segment by segment, the last one filled up with zeros to a multiple of 16 columns.
  void pack_segments(ConstRows x, float* out) {
    for_rows(x, [&](int64_t t) {
      const auto row = x.row(t);
      for (int64_t first = 0; first < x.width; first += kSegment) {
        const int64_t cols = std::min(kSegment, x.width - first);
        float* to = out + (first / kSegment * x.count + t) * kSegment;
        std::copy_n(row.data() + first, cols, to);
        std::fill(to + cols, to + round_up(cols, 16), 0.0F);
      }
    });
  }

  int64_t float_tile_rows(int64_t rows) const {
    return std::clamp<int64_t>(round_up(divide_up(rows, int64_t{4} * threads()), 8), 8, kFloatTileRows);
  }

  /// Every tile of tokens and kv head is a task, its blocks one after the other.
  void attend_groups(const AttentionPlan& plan, int64_t groups) {
    run_tasks(groups, plan.work(plan.blocks), [&](int64_t task) {
      // Later tokens see more and take longer: they start first, so that the threads finish together.
      const AttentionGroup group = plan.group(groups - 1 - task);
      auto scratch = scratch_.borrow(static_cast<size_t>(plan.query_floats() + 2 * plan.state_floats()));
      const AttentionState all = plan.state(scratch.data() + plan.query_floats());
      const AttentionState part = plan.state(scratch.data() + plan.query_floats() + plan.state_floats());
      for (int64_t block = group.first_block; block < group.last_block; block++) {
        attend(plan, group, block, scratch.data(), block == group.first_block ? all : part);
        if (block > group.first_block) {
          kernels_.merge_attention(part, group.rows, plan.value_stride, all);
        }
      }
      finish(plan, group, all);
    });
  }

  /// Few tokens and many positions: every block is a task, and what they leave is merged in the same order.
  void attend_blocks(const AttentionPlan& plan, int64_t groups) {
    auto states = scratch_.borrow(static_cast<size_t>(groups * plan.blocks * plan.state_floats()));
    const auto state = [&](int64_t group, int64_t block) {
      return plan.state(states.data() +
                        (group * plan.blocks + block - plan.first_block) * plan.state_floats());
    };
    run_tasks(groups * plan.blocks, plan.work(1), [&](int64_t task) {
      const AttentionGroup group = plan.group(task % groups);
      const int64_t block = plan.first_block + task / groups;
      if (block < group.first_block || block >= group.last_block) return;
      auto scratch = scratch_.borrow(static_cast<size_t>(plan.query_floats()));
      attend(plan, group, block, scratch.data(), state(task % groups, block));
    });
    run_tasks(groups, plan.blocks * plan.state_floats(), [&](int64_t task) {
      const AttentionGroup group = plan.group(task);
      const AttentionState all = state(task, group.first_block);
      for (int64_t block = group.first_block + 1; block < group.last_block; block++) {
        kernels_.merge_attention(state(task, block), group.rows, plan.value_stride, all);
      }
      finish(plan, group, all);
    });
  }

  /// `scratch`: plan.query_floats() of them.
  void attend(const AttentionPlan& plan, const AttentionGroup& group, int64_t block, float* scratch,
              const AttentionState& state) {
    const AttentionArgs& a = plan.args;
    const KvShape& shape = a.kv.shape;
    float* q = scratch + plan.rows * kScoreStride;
    for (int64_t t = 0; t < group.tokens; t++) {
      const auto heads = a.q.columns(group.kv_head * plan.heads * shape.key_dim, plan.heads * shape.key_dim)
                             .row(group.first_token + t);
      for (const float value : heads) *q++ = value * a.scale;
    }
    AttendArgs args = {};
    args.q = scratch + plan.rows * kScoreStride;
    args.tokens = group.tokens;
    args.heads = plan.heads;
    args.dim = shape.key_dim;
    args.value_stride = plan.value_stride;
    args.keys = a.kv.keys(block * (kAttentionBlock / kPagePositions), group.kv_head);
    args.values = a.kv.values(block * (kAttentionBlock / kPagePositions), group.kv_head);
    args.page_bytes = shape.page_bytes();
    args.block = block;
    args.first_position = a.first_position + group.first_token;
    args.window = a.window;
    args.soft_cap = a.soft_cap;
    args.scores = scratch;
    args.state = state;
    attention_kernel(kernels_, shape.dtype)(args);
  }

  void finish(const AttentionPlan& plan, const AttentionGroup& group, const AttentionState& state) {
    const int64_t dim = plan.args.kv.shape.value_dim;
    for (int64_t row = 0; row < group.rows; row++) {
      const int64_t head = group.kv_head * plan.heads + row % plan.heads;
      float* out = plan.args.out.row(group.first_token + row / plan.heads).data() + head * dim;
      kernels_.finish_attention(state, row, plan.value_stride, dim, out);
    }
  }

  const Kernels& kernels_;
  ThreadPool pool_;
  ScratchPool scratch_;
};

}  // namespace

Result<std::unique_ptr<Device>> make_cpu_device(const CpuOptions& options) {
  if (options.threads < 0)
    return fail(Code::usage, "cpu device: threads must be >= 0, got {}", options.threads);
  TRY(const Kernels* kernels, choose_tier(options.target));
  return std::make_unique<CpuDevice>(*kernels, options.threads);
}

}  // namespace sov::compute
