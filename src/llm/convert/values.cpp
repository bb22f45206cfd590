#include "llm/convert/values.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "compute/quant.h"
#include "formats/tensor_values.h"

namespace sov::llm {
namespace {

using formats::Tensor;

constexpr uint64_t kTaskValues = uint64_t{1} << 16;
constexpr uint64_t kTasksAtOnce = 64;  // 4 M values: 16 MB as f32

/// Rows can be decoded alone: whole blocks, or padded to them.
bool row_readable(const Tensor& tensor, uint64_t columns) {
  if (tensor.dtype == DType::apr_q4) return false;
  if (tensor.encoding == Tensor::Encoding::padded_rows) return tensor.shape.back() == columns;
  return columns % info(tensor.dtype).block_elements == 0;
}

std::vector<float> turned(const std::vector<float>& values, uint64_t rows, uint64_t columns) {
  std::vector<float> out(values.size());
  for (uint64_t r = 0; r < rows; r++) {
    for (uint64_t c = 0; c < columns; c++) out[c * rows + r] = values[r * columns + c];
  }
  return out;
}

/// Rows per task, from the shape alone.
uint64_t task_rows(const PlannedTensor& tensor) {
  return std::max<uint64_t>(1, kTaskValues / std::max<uint64_t>(1, tensor.columns()));
}

Change change_of(std::span<const float> before, std::span<const float> after) {
  Change change;
  change.values = before.size();
  for (size_t i = 0; i < before.size(); i++) {
    const auto a = static_cast<double>(before[i]), b = static_cast<double>(after[i]);
    const bool same = a == b || (std::isnan(a) && std::isnan(b));
    change.exact = change.exact && same;
    const double difference = same ? 0 : std::abs(a - b);
    // A NaN or an infinity on one side only is as bad as can be.
    change.max_abs = std::max(change.max_abs, std::isnan(difference) ? INFINITY : difference);
    change.square_sum += difference * difference;
    if (std::isfinite(a)) change.value_square_sum += a * a;
  }
  return change;
}

/// The encoded rows of one task and what that changed.
struct Encoded {
  std::vector<std::byte> bytes;
  Change change;
};

Result<Encoded> encode(const PlannedTensor& tensor, const Values& values, uint64_t first, uint64_t count) {
  const DType dtype = tensor.spec.dtype;
  std::vector<float> before(count * tensor.columns());
  TRY(values.read(first, count, before));
  Encoded out;
  const auto size = bytes_for(dtype, before.size());
  if (!size) return fail(Code::internal, "tensor '{}': rows are not whole blocks", tensor.spec.name);
  out.bytes.resize(*size);
  TRY(compute::quantize(dtype, before, out.bytes));
  std::vector<float> after(before.size());
  TRY(compute::dequantize(dtype, out.bytes, after));
  out.change = change_of(before, after);
  return out;
}

using EncodedSink = std::function<Result<>(uint64_t first_row, const Encoded&)>;

Result<> encode_all(const PlannedTensor& tensor, ThreadPool& pool, const EncodedSink& sink) {
  Values values(tensor);
  TRY(with(values.prepare(), strf("tensor '{}'", tensor.spec.name)));
  const uint64_t step = task_rows(tensor), tasks = (tensor.rows() + step - 1) / step;
  for (uint64_t begin = 0; begin < tasks; begin += kTasksAtOnce) {
    const uint64_t count = std::min(kTasksAtOnce, tasks - begin);
    std::vector<Result<Encoded>> done(count);
    pool.run(static_cast<int64_t>(count), [&](int64_t i) {
      const uint64_t first = (begin + static_cast<uint64_t>(i)) * step;
      done[static_cast<size_t>(i)] = encode(tensor, values, first, std::min(step, tensor.rows() - first));
    });
    for (uint64_t i = 0; i < count; i++) {
      TRY(const Encoded part, with(std::move(done[i]), strf("tensor '{}'", tensor.spec.name)));
      TRY(sink((begin + i) * step, part));
    }
  }
  return {};
}

using CopySink = std::function<Result<>(uint64_t first_row, Bytes)>;

/// Bytes move as they are: a run of rows at a time, or one by one where their order changes.
Result<> copy_all(const PlannedTensor& tensor, const CopySink& sink) {
  if (tensor.spec.shape.size() < 2) {
    uint64_t at = 0;
    for (const Part& part : tensor.parts) {
      const auto begin = bytes_for(tensor.spec.dtype, part.first_row);
      const auto size = bytes_for(tensor.spec.dtype, part.rows);
      if (!begin || !size) return fail(Code::internal, "tensor '{}': partial blocks", tensor.spec.name);
      TRY(sink(at, part.tensor->data.subspan(*begin, *size)));
      at += part.rows;
    }
    return {};
  }
  const uint64_t row_bytes = *bytes_for(tensor.spec.dtype, tensor.columns());
  uint64_t row = 0;
  for (const Part& part : tensor.parts) {
    const Bytes data = part.tensor->data.subspan(part.first_row * row_bytes, part.rows * row_bytes);
    if (tensor.order == RowOrder::same) {
      TRY(sink(row, data));
    } else {
      for (uint64_t i = 0; i < part.rows; i++)
        TRY(sink(row + i, data.subspan(source_row(tensor, i) * row_bytes, row_bytes)));
    }
    row += part.rows;
  }
  return {};
}

Change unchanged(const PlannedTensor& tensor) {
  Change change;
  change.values = tensor.rows() * tensor.columns();
  return change;
}

}  // namespace

double Change::rmse() const { return values == 0 ? 0 : std::sqrt(square_sum / static_cast<double>(values)); }

double Change::relative() const {
  if (square_sum == 0) return 0;
  return value_square_sum == 0 ? INFINITY : std::sqrt(square_sum / value_square_sum);
}

void Change::add(const Change& other) {
  max_abs = std::max(max_abs, other.max_abs);
  square_sum += other.square_sum;
  value_square_sum += other.value_square_sum;
  values += other.values;
  exact = exact && other.exact;
}

uint64_t source_row(const PlannedTensor& tensor, uint64_t row) {
  if (tensor.order == RowOrder::same) return row;
  const uint64_t head = row / tensor.head_rows * tensor.head_rows, i = row % tensor.head_rows;
  const uint64_t half = tensor.rotated_rows / 2;
  if (i >= tensor.rotated_rows) return row;
  if (tensor.order == RowOrder::halves_to_adjacent) return head + i % 2 * half + i / 2;
  return head + (i < half ? 2 * i : 2 * (i - half) + 1);
}

Result<std::vector<float>> Values::gather_part(const Part& part) const {
  std::vector<float> values(part.tensor->elements());
  TRY(formats::read_values(*part.tensor, 0, values));
  const uint64_t columns = tensor_.spec.shape.size() > 1
                               ? (tensor_.transpose_result ? tensor_.spec.shape[0] : tensor_.columns())
                               : 1;
  if (tensor_.transpose_parts) values = turned(values, columns, values.size() / columns);
  const auto begin = values.begin() + static_cast<ptrdiff_t>(part.first_row * columns);
  return std::vector<float>(begin, begin + static_cast<ptrdiff_t>(part.rows * columns));
}

Result<> Values::prepare() {
  if (!tensor_.computed.empty()) {
    whole_ = tensor_.computed;
    return {};
  }
  const bool by_rows =
      tensor_.spec.shape.size() > 1 && !tensor_.transpose_parts && !tensor_.transpose_result &&
      std::all_of(tensor_.parts.begin(), tensor_.parts.end(),
                  [&](const Part& part) { return row_readable(*part.tensor, tensor_.columns()); });
  if (by_rows) return {};
  std::vector<float> gathered;
  for (const Part& part : tensor_.parts) {
    TRY(const std::vector<float> values, gather_part(part));
    gathered.insert(gathered.end(), values.begin(), values.end());
  }
  if (tensor_.transpose_result) {
    gathered = turned(gathered, tensor_.spec.shape[1], tensor_.spec.shape[0]);
  } else if (tensor_.order != RowOrder::same) {
    const uint64_t width = tensor_.spec.shape.size() > 1 ? tensor_.columns() : 1;
    std::vector<float> ordered(gathered.size());
    for (uint64_t row = 0; row < gathered.size() / width; row++) {
      std::copy_n(gathered.begin() + static_cast<ptrdiff_t>(source_row(tensor_, row) * width), width,
                  ordered.begin() + static_cast<ptrdiff_t>(row * width));
    }
    gathered = std::move(ordered);
  }
  for (float& value : gathered) value += tensor_.add;
  whole_ = std::move(gathered);
  return {};
}

/// Neighbouring rows of one part, in the source's order.
Result<> Values::read_run(uint64_t row, uint64_t count, std::span<float> out) const {
  const uint64_t columns = tensor_.columns();
  for (const Part& part : tensor_.parts) {
    if (row >= part.rows) {
      row -= part.rows;
      continue;
    }
    const uint64_t here = std::min(count, part.rows - row);
    TRY(formats::read_values(*part.tensor, (part.first_row + row) * columns, out.first(here * columns)));
    out = out.subspan(here * columns);
    count -= here;
    row = 0;
    if (count == 0) break;
  }
  return {};
}

Result<> Values::read(uint64_t first, uint64_t count, std::span<float> out) const {
  const uint64_t columns = tensor_.columns();
  if (!whole_.empty()) {
    std::copy_n(whole_.begin() + static_cast<ptrdiff_t>(first * columns), count * columns, out.begin());
    return {};
  }
  if (tensor_.order == RowOrder::same) {
    TRY(read_run(first, count, out));
  } else {
    for (uint64_t i = 0; i < count; i++)
      TRY(read_run(source_row(tensor_, first + i), 1, out.subspan(i * columns, columns)));
  }
  if (tensor_.add != 0) {
    for (float& value : out) value += tensor_.add;
  }
  return {};
}

Result<Change> write_values(const PlannedTensor& tensor, ThreadPool& pool, const formats::TensorSink& sink) {
  if (tensor.is_copy()) {
    TRY(copy_all(tensor, [&](uint64_t, Bytes bytes) { return sink(bytes); }));
    return unchanged(tensor);
  }
  Change total;
  TRY(encode_all(tensor, pool, [&](uint64_t, const Encoded& part) {
    total.add(part.change);
    return sink(part.bytes);
  }));
  return total;
}

Result<Change> compare_values(const PlannedTensor& tensor, ThreadPool& pool, Bytes stored) {
  const auto wanted = bytes_for(tensor.spec.dtype, tensor.rows() * tensor.columns());
  if (wanted != stored.size()) {
    return fail(Code::validation, "tensor '{}': wanted {} bytes, got {}", tensor.spec.name,
                wanted.value_or(0), stored.size());
  }
  uint64_t at = 0;
  const auto same = [&](uint64_t row, Bytes bytes) -> Result<> {
    const bool equal = bytes.empty() || std::memcmp(bytes.data(), stored.data() + at, bytes.size()) == 0;
    at += bytes.size();
    if (equal) return {};
    return fail(Code::validation, "tensor '{}': the bytes from row {} on are not those of the source",
                tensor.spec.name, row);
  };
  if (tensor.is_copy()) {
    TRY(copy_all(tensor, same));
    return unchanged(tensor);
  }
  Change total;
  TRY(encode_all(tensor, pool, [&](uint64_t row, const Encoded& part) {
    total.add(part.change);
    return same(row, part.bytes);
  }));
  return total;
}

}  // namespace sov::llm
