#include "compute/cpu/products.h"

#include <algorithm>

#include "compute/cpu/row_decoder.h"

namespace sov::compute {
namespace {

// Products of so many tokens read the rows as they lie; more unpack them first.
constexpr int64_t kMostFewTokens = 4;
// A segment of 128 rows' codes, 64 KiB, waits in L2 while the tokens pass.
constexpr int64_t kCodeTaskRows = 128;
// So few tokens pass by 16 rows at a time, and what comes next is asked for meanwhile. Measured on a Zen 3
// server, q8_0 of 0.5B: docs/DECISIONS.md has the numbers.
constexpr int64_t kPassTokens = 96, kPassRows = 16;
// Of plain types a segment of 96 rows, 192 KiB, waits in L2 while the tokens pass, 96 KiB at a time.
constexpr int64_t kFloatTileRows = 96;

bool has_codes(const TypeKernels* type) { return type != nullptr && type->matvec_codes != nullptr; }

/// A part of some rows of a weight as it lies in memory.
struct Stored {
  const std::byte* data;
  int64_t row_bytes, rows;
  int64_t bytes;  // of a row's part
};
/// Columns [column, column + cols) of rows [first, first + rows), as far as there are so many.
Stored stored_part(const Weight& w, int64_t first, int64_t rows, int64_t column, int64_t cols) {
  const DTypeInfo& type = info(w.dtype);
  const int64_t elements = type.block_elements, bytes = type.block_bytes;
  const int64_t begin = column / elements * bytes, end = std::min(column + cols, w.cols) / elements * bytes;
  return {w.data + first * w.row_bytes() + begin, w.row_bytes(), rows, end - begin};
}

/// Asks for what will soon be read: parts of rows lie too far apart for the processor to guess.
/// Inlined, because GCC takes a function that only prefetches for one without effects and drops its calls.
[[gnu::always_inline]] inline void ask_for(const Stored& part) {
  constexpr int64_t kLine = 64;
  for (int64_t r = 0; r < part.rows; r++) {
    const std::byte* row = part.data + r * part.row_bytes;
    for (int64_t i = 0; i < part.bytes; i += kLine) __builtin_prefetch(row + i);
    __builtin_prefetch(row + part.bytes - 1);
  }
}

const float* bias_of(const Product& product, int64_t first) {
  return product.bias.empty() ? nullptr : product.bias.data() + first;
}

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
    if (has_codes(type)) {
      if (!input.rounded_memory) round(input);
    } else if (input.x.count > 1 || type == nullptr) {
      if (!input.packed_memory) pack(input);
    }
  }
}

/// Activations rounded to 8 bits for products of integers, segment by segment.
void Products::round(Input& input) {
  const ConstRows& x = input.x;
  const int64_t groups = divide_up(x.width, kRoundedGroup);
  const int64_t code_floats = divide_up(x.width, kCodeSegment) * kCodeSegment / 4;
  constexpr int64_t kScales = kRoundedGroup / kRoundedSpan, kParts = sizeof(RoundedParts) / sizeof(float);
  input.rounded_memory.emplace(
      scratch_,
      static_cast<size_t>(x.count * (code_floats + groups * (2 * kScales + kRoundedSums + kParts))));
  float* memory = input.rounded_memory->data();
  auto* codes = reinterpret_cast<int8_t*>(memory);
  auto* totals = reinterpret_cast<int32_t*>(memory + x.count * code_floats);
  float* sums = memory + x.count * (code_floats + groups * kRoundedSums);
  float* scales = sums + x.count * groups * kScales;
  auto* parts = reinterpret_cast<RoundedParts*>(scales + x.count * groups * kScales);
  tasks_.over(x.count, 4 * x.width, [&](int64_t begin, int64_t end) {
    for (int64_t t = begin; t < end; t++) {
      for (int64_t first = 0; first < x.width; first += kCodeSegment) {
        const int64_t group = t * groups + first / kRoundedGroup;
        kernels_.round_row(x.row(t).data() + first, std::min(kCodeSegment, x.width - first),
                           {codes + first * x.count + t * kCodeSegment, scales + group * kScales,
                            totals + group * kRoundedSums, sums + group * kScales, parts + group});
      }
    }
  });
  input.rounded = {codes, scales, totals, sums, parts, groups, x.count};
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
  if (tokens == 1 ? type != nullptr : tokens <= kMostFewTokens && has_codes(type)) {
    // At least Tasks::kEnough each and at most eight a thread, in whole groups of four rows.
    const int64_t enough = divide_up(Tasks::kEnough, w.cols);
    return round_up(std::max(enough, divide_up(w.rows, int64_t{8} * tasks_.threads())), 4);
  }
  const int64_t fair = divide_up(w.rows, int64_t{4} * tasks_.threads());
  if (!has_codes(type)) return std::clamp<int64_t>(round_up(fair, 8), 8, kFloatTileRows);
  return std::clamp<int64_t>(round_up(fair, 16), 16, kCodeTaskRows);
}

void Products::multiply_rows(const Product& product, const Input& input, int64_t first, int64_t rows) {
  const Weight& w = product.weight;
  const TypeKernels* type = type_kernels(kernels_, w.dtype);
  if (has_codes(type)) {
    return input.x.count <= kMostFewTokens ? few_codes(*type, product, input.rounded, first, rows)
                                           : tile_codes(*type, product, input.rounded, first, rows);
  }
  if (input.x.count > 1 || type == nullptr) return tile_floats(product, input, first, rows);
  const int64_t row_bytes = w.row_bytes();
  type->matvec(w.data + first * row_bytes, row_bytes, rows, w.cols, input.x.data, bias_of(product, first),
               product.y.data + first);
}

void Products::few_codes(const TypeKernels& type, const Product& product, const RoundedRows& x, int64_t first,
                         int64_t rows) {
  const Weight& w = product.weight;
  CodeMatvecArgs args = {};
  args.row_bytes = w.row_bytes();
  args.w = w.data + first * args.row_bytes;
  args.rows = rows;
  args.cols = w.cols;
  args.x = x;
  args.bias = bias_of(product, first);
  args.y = product.y.data + first;
  args.y_stride = product.y.stride;
  type.matvec_codes(args);
}

/// Few tokens take the rows sixteen at a time, so that memory is read in order; many take them all, so that a
/// segment's activations are read once.
void Products::tile_codes(const TypeKernels& type, const Product& product, const RoundedRows& x,
                          int64_t first, int64_t rows) {
  const int64_t size = x.count <= kPassTokens ? std::min(rows, kPassRows) : rows;
  const int64_t spans = kCodeSegment / type.span, shifts = kCodeSegment / type.offset_span;
  const int64_t padded = round_up(size, type.code_rows);
  auto scratch = scratch_.borrow(static_cast<size_t>(padded * (kCodeSegment / 4 + spans + shifts)));
  const CodeMemory memory = {reinterpret_cast<uint8_t*>(scratch.data()),
                             scratch.data() + padded * kCodeSegment / 4,
                             scratch.data() + padded * (kCodeSegment / 4 + spans)};
  for (int64_t r = 0; r < rows; r += size) {
    tile_code_rows(type, product, x, first + r, std::min(size, rows - r), memory);
  }
}

/// A segment of columns of the tile is unpacked at a time and used by all tokens.
void Products::tile_code_rows(const TypeKernels& type, const Product& product, const RoundedRows& x,
                              int64_t first, int64_t rows, const CodeMemory& memory) {
  const Weight& w = product.weight;
  const int64_t spans = kCodeSegment / type.span, shifts = kCodeSegment / type.offset_span;
  CodeTileArgs args = {};
  args.w = memory.codes;
  args.scales = memory.scales;
  args.offsets = memory.offsets;
  args.x_groups = x.groups;
  args.rows = rows;
  args.tokens = x.count;
  args.y = product.y.data + first;
  args.y_stride = product.y.stride;
  for (int64_t column = 0; column < w.cols; column += kCodeSegment) {
    args.cols = std::min(kCodeSegment, w.cols - column);
    const Stored part = stored_part(w, first, rows, column, kCodeSegment);
    for (int64_t r = 0; r < rows; r += type.code_rows) {
      type.pack_codes(part.data + r * part.row_bytes, part.row_bytes,
                      std::min<int64_t>(type.code_rows, rows - r), args.cols, memory.codes + r * kCodeSegment,
                      memory.scales + r * spans, memory.offsets + r * shifts);
    }
    const bool last = column + kCodeSegment >= w.cols;
    if (x.count <= kPassTokens) {
      const int64_t next = last ? first + rows : first, start = last ? 0 : column + kCodeSegment;
      ask_for(stored_part(w, next, std::min(rows, w.rows - next), start, kCodeSegment));
    }
    args.x = x.codes + column * x.count;
    args.x_scales = x.scales + column / kRoundedSpan;
    args.x_totals = x.totals + column / kRoundedGroup * kRoundedSums;
    args.x_sums = x.sums + column / kRoundedSpan;
    args.x_parts = x.parts + column / kRoundedGroup;
    args.first_segment = column == 0;
    args.bias = last ? bias_of(product, first) : nullptr;
    type.code_tile(args);
  }
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
