#include "compute/cpu/products.h"

#include <algorithm>

#include "compute/cpu/row_decoder.h"

namespace sov::compute {
namespace {

// Row tiles of a prompt: unpacked codes of one tile stay in L2.
constexpr int64_t kWordTileFloats = 96 * 1024;
constexpr int64_t kWordTileRows = 32;
// Of plain types a segment of 96 rows, 192 KiB, waits in L2 while the tokens pass, 96 KiB at a time.
constexpr int64_t kFloatTileRows = 96;

// Rounded rows are read together, 2 KiB of each at a time. Rows a power of two apart would fall on the same
// sets of L1 and push each other out; these strides are an odd number of KiB, so that rows take turns over a
// 4 KiB way. Measured on a Zen 3 server: 2048 columns, 36 to 40 G multiply-adds a second.
int64_t spread_groups(int64_t groups) { return groups + (6 - groups % 4) % 4; }

bool has_words(const TypeKernels* type) { return type != nullptr && type->matvec_words != nullptr; }

const float* bias_of(const Product& product, int64_t first) {
  return product.bias.empty() ? nullptr : product.bias.data() + first;
}

/// What a row of a word tile takes in memory.
struct WordRow {
  int64_t words, scales, offsets;  // 16-bit codes, floats, floats

  WordRow(const TypeKernels& type, int64_t cols)
      : words(spread_groups(divide_up(cols, kRoundedGroup)) * kRoundedGroup),
        scales(round_up(cols, kRoundedGroup) / type.span),
        offsets(type.offsets ? divide_up(cols, kRoundedGroup) * 8 : 0) {}
  int64_t floats() const { return words / 2 + scales + offsets; }
};

}  // namespace

void Products::multiply(std::span<const Product> products, ConstRows x) {
  if (x.count == 0) return;
  Input input(x);
  prepare(products, input);
  int64_t tasks = 0, work = 0;
  for (const Product& p : products) {
    tasks += divide_up(p.weight.rows, task_rows(p, x.count));
    work += p.weight.rows * p.weight.cols * x.count;
  }
  if (tasks == 0) return;
  tasks_.run(tasks, work / tasks, [&](int64_t task) {
    const Product* p = products.data();
    int64_t size = task_rows(*p, x.count);
    for (; task * size >= p->weight.rows; size = task_rows(*p, x.count)) {
      task -= divide_up(p->weight.rows, size);
      p++;
    }
    multiply_rows(*p, input, task * size, std::min(size, p->weight.rows - task * size));
  });
}

void Products::multiply_gated(Activation f, const Product& gate, const Product& up, ConstRows x) {
  if (x.count == 0) return;
  const Product both[] = {gate, up};
  Input input(x);
  prepare(both, input);
  const int64_t rows = gate.weight.rows;
  const int64_t size = std::min(task_rows(gate, x.count), task_rows(up, x.count));
  tasks_.run(divide_up(rows, size), 2 * std::min(size, rows) * gate.weight.cols * x.count, [&](int64_t task) {
    const int64_t first = task * size;
    const int64_t count = std::min(size, rows - first);
    multiply_rows(up, input, first, count);
    multiply_rows(gate, input, first, count);
    for (int64_t t = 0; t < x.count; t++) {
      kernels_.activate(static_cast<int>(f), gate.y.row(t).data() + first, up.y.row(t).data() + first, count);
    }
  });
}

void Products::prepare(std::span<const Product> products, Input& input) {
  for (const Product& p : products) {
    const TypeKernels* type = type_kernels(kernels_, p.weight.dtype);
    if (has_words(type)) {
      if (!input.rounded_memory) round(input);
    } else if (input.x.count > 1 || type == nullptr) {
      if (!input.packed_memory) pack(input);
    }
  }
}

/// Activations rounded to 16 bits for products of integers.
void Products::round(Input& input) {
  const ConstRows& x = input.x;
  const int64_t groups = divide_up(x.width, kRoundedGroup);
  const int64_t stride = spread_groups(groups) * kRoundedGroup;
  const int64_t row_floats = stride / 2 + groups * (1 + 8);
  input.rounded_memory.emplace(scratch_, static_cast<size_t>(x.count * row_floats));
  float* memory = input.rounded_memory->data();
  auto* codes = reinterpret_cast<int16_t*>(memory);
  float* sums = memory + x.count * stride / 2;
  float* scales = sums + x.count * groups * 8;
  tasks_.over(x.count, 4 * x.width, [&](int64_t begin, int64_t end) {
    for (int64_t t = begin; t < end; t++) {
      kernels_.round_row(x.row(t).data(), x.width, codes + t * stride, scales + t * groups,
                         sums + t * groups * 8);
    }
  });
  input.rounded = {codes, scales, sums, stride, groups, groups * 8, x.count};
}

/// x segment by segment, the last one filled up with zeros to a multiple of 16 columns.
void Products::pack(Input& input) {
  const ConstRows& x = input.x;
  input.packed_memory.emplace(scratch_,
                              static_cast<size_t>(divide_up(x.width, kSegment) * x.count * kSegment));
  float* out = input.packed_memory->data();
  tasks_.over(x.count, x.width, [&](int64_t begin, int64_t end) {
    for (int64_t t = begin; t < end; t++) {
      const auto row = x.row(t);
      for (int64_t first = 0; first < x.width; first += kSegment) {
        const int64_t cols = std::min(kSegment, x.width - first);
        float* to = out + first * x.count + t * kSegment;
        std::copy_n(row.data() + first, cols, to);
        std::fill(to + cols, to + round_up(cols, 16), 0.0F);
      }
    }
  });
  input.packed = out;
}

int64_t Products::task_rows(const Product& product, int64_t tokens) const {
  const Weight& w = product.weight;
  const TypeKernels* type = type_kernels(kernels_, w.dtype);
  if (tokens == 1 && type != nullptr) {
    // At least Tasks::kEnough each and at most eight a thread, in whole groups of four rows.
    const int64_t enough = divide_up(Tasks::kEnough, w.cols);
    return round_up(std::max(enough, divide_up(w.rows, int64_t{8} * tasks_.threads())), 4);
  }
  const int64_t fair = divide_up(w.rows, int64_t{4} * tasks_.threads());
  if (!has_words(type)) return std::clamp<int64_t>(round_up(fair, 8), 8, kFloatTileRows);
  const int64_t fits = kWordTileFloats / WordRow(*type, w.cols).floats();
  return std::clamp<int64_t>(std::min(fits, round_up(fair, 4)), 4, kWordTileRows) / 4 * 4;
}

void Products::multiply_rows(const Product& product, const Input& input, int64_t first, int64_t rows) {
  const Weight& w = product.weight;
  const TypeKernels* type = type_kernels(kernels_, w.dtype);
  const bool words = has_words(type);
  if (input.x.count > 1 || type == nullptr) {
    return words ? tile_words(*type, product, input.rounded, first, rows)
                 : tile_floats(product, input, first, rows);
  }
  const int64_t row_bytes = w.row_bytes();
  const std::byte* from = w.data + first * row_bytes;
  float* y = product.y.data + first;
  if (words) {
    const RoundedRows& x = input.rounded;
    type->matvec_words(from, row_bytes, rows, w.cols, {x.codes, x.scales, x.sums}, bias_of(product, first),
                       y);
  } else {
    type->matvec(from, row_bytes, rows, w.cols, input.x.data, bias_of(product, first), y);
  }
}

/// Each row of the tile is unpacked once and used by all tokens.
void Products::tile_words(const TypeKernels& type, const Product& product, const RoundedRows& x,
                          int64_t first, int64_t rows) {
  const Weight& w = product.weight;
  const WordRow row(type, w.cols);
  auto scratch = scratch_.borrow(static_cast<size_t>(rows * row.floats() + word_totals(rows)));
  auto* tile = reinterpret_cast<int16_t*>(scratch.data());
  float* scales = scratch.data() + rows * row.words / 2;
  float* offsets = scales + rows * row.scales;
  for (int64_t r = 0; r < rows; r++) {
    type.unpack_words(w.data + (first + r) * w.row_bytes(), w.cols, tile + r * row.words,
                      scales + r * row.scales, offsets + r * row.offsets);
  }
  WordTileArgs args = {};
  args.w = tile;
  args.w_stride = row.words;
  args.scales = scales;
  args.scale_stride = row.scales;
  args.offsets = type.offsets ? offsets : nullptr;
  args.offset_stride = row.offsets;
  args.rows = rows;
  args.x = x;
  args.cols = w.cols;
  args.bias = bias_of(product, first);
  args.y = product.y.data + first;
  args.y_stride = product.y.stride;
  args.totals = scratch.data() + rows * row.floats();
  type.word_tile(args);
}

/// A segment of columns of the tile is decoded at a time and used by all tokens.
void Products::tile_floats(const Product& product, const Input& input, int64_t first, int64_t rows) {
  const Weight& w = product.weight;
  const int64_t tokens = input.x.count;
  const RowDecoder decoder(kernels_, w);
  auto scratch = scratch_.borrow(static_cast<size_t>(rows * kSegment));
  TileArgs args = {};
  args.w = scratch.data();
  args.rows = rows;
  args.tokens = tokens;
  args.y = product.y.data + first;
  args.y_stride = product.y.stride;
  for (int64_t column = 0; column < w.cols; column += kSegment) {
    const int64_t cols = std::min(kSegment, w.cols - column);
    for (int64_t r = 0; r < rows; r++) {
      float* row = scratch.data() + r * kSegment;
      decoder.decode(first + r, column, cols, row);
      std::fill(row + cols, row + round_up(cols, 16), 0.0F);
    }
    args.x = input.packed + column * tokens;
    args.cols = round_up(cols, 16);
    args.first_segment = column == 0;
    args.bias = column + kSegment < w.cols ? nullptr : bias_of(product, first);
    kernels_.tile(args);
  }
}

}  // namespace sov::compute
