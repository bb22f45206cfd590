// Two models' tensors, whatever they are stored in.

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

#include "llm/convert.h"
#include "llm/convert/values.h"

namespace sov::llm {
namespace {

/// One side: tensors by comparable name, each readable as rows of f32.
struct Side {
  std::unique_ptr<formats::ModelFile> file;
  std::optional<Source> source;
  std::vector<PlannedTensor> tensors;
  std::map<std::string_view, const PlannedTensor*> by_name;
};

/// A tensor as it stands in the file.
PlannedTensor as_stored(const formats::Tensor& tensor) {
  PlannedTensor out;
  out.spec = {tensor.name, DType::f32, tensor.shape};
  const uint64_t rows = tensor.shape.size() > 1 ? tensor.shape[0] : tensor.elements();
  out.parts = {{&tensor, 0, rows}};
  if (tensor.shape.size() > 2) out.spec.shape = {tensor.elements()};
  if (tensor.shape.size() > 2) out.parts[0].rows = tensor.elements();
  return out;
}

void index(Side& side) {
  for (const PlannedTensor& t : side.tensors) side.by_name[t.spec.name] = &t;
}

/// In roles; false when the architecture is unknown or a tensor has no role.
bool plan_by_role(Side& side) {
  Result<Source> source = read_source(*side.file);
  if (!source) return false;
  side.source = std::move(*source);
  Result<Plan> plan = make_plan(*side.source, formats::Format::safetensors, {"f32", DType::f32});
  if (!plan) return false;
  side.tensors = std::move(plan->tensors);
  return true;
}

void plan_by_name(Side& side) {
  side.tensors.clear();
  for (const formats::Tensor& tensor : side.file->tensors) side.tensors.push_back(as_stored(tensor));
}

Json shape_json(const std::vector<uint64_t>& shape) {
  Json out = Json::array();
  for (uint64_t dim : shape) out.push(dim);
  return out;
}

struct Difference {
  double max_abs = 0, square_sum = 0;
  uint64_t values = 0, different = 0;
  Json shown = Json::array();
};

void compare(std::span<const float> left, std::span<const float> right, uint64_t first,
             const DiffOptions& options, Difference& out) {
  for (size_t i = 0; i < left.size(); i++) {
    const auto a = static_cast<double>(left[i]), b = static_cast<double>(right[i]);
    if (a == b || (std::isnan(a) && std::isnan(b))) continue;
    const double gap = std::isnan(a - b) ? INFINITY : std::abs(a - b);
    out.max_abs = std::max(out.max_abs, gap);
    out.square_sum += gap * gap;
    if (gap <= options.tolerance) continue;
    out.different++;
    if (static_cast<int64_t>(out.shown.items().size()) >= options.show_values) continue;
    out.shown.push(Json::object().set("index", first + i).set("left", a).set("right", b));
  }
  out.values += left.size();
}

Result<Difference> compare(const PlannedTensor& left, const PlannedTensor& right,
                           const DiffOptions& options) {
  Values a(left), b(right);
  TRY(with(a.prepare(), strf("tensor '{}'", left.spec.name)));
  TRY(with(b.prepare(), strf("tensor '{}'", right.spec.name)));
  const uint64_t columns = left.columns();
  const uint64_t step = std::max<uint64_t>(1, (uint64_t{1} << 20) / std::max<uint64_t>(1, columns));
  Difference out;
  for (uint64_t row = 0; row < left.rows(); row += step) {
    if (options.cancel && options.cancel->load(std::memory_order_relaxed))
      return fail(Code::cancelled, "comparing tensor '{}'", left.spec.name);
    const uint64_t count = std::min(step, left.rows() - row);
    std::vector<float> x(count * columns), y(count * columns);
    TRY(with(a.read(row, count, x), strf("tensor '{}'", left.spec.name)));
    TRY(with(b.read(row, count, y), strf("tensor '{}'", right.spec.name)));
    compare(x, y, row * columns, options, out);
  }
  return out;
}

Json dtype_of(const PlannedTensor& tensor) {
  return tensor.parts.empty() ? Json() : Json(name(tensor.parts[0].tensor->dtype));
}

Result<Json> row_of(std::string_view name, const PlannedTensor* left, const PlannedTensor* right,
                    const DiffOptions& options) {
  Json row = Json::object().set("name", name);
  if (!left || !right) return row.set("status", left ? "only_left" : "only_right");
  const bool same_shape = left->spec.shape == right->spec.shape;
  row.set("status", "shape").set("dtype_left", dtype_of(*left)).set("dtype_right", dtype_of(*right));
  row.set("shape_left", shape_json(left->spec.shape)).set("shape_right", shape_json(right->spec.shape));
  if (!same_shape) return row;
  TRY(Difference difference, compare(*left, *right, options));
  row.set("status", difference.different == 0 ? "same" : "values").set("max_abs", difference.max_abs);
  const double mean =
      difference.values == 0 ? 0 : difference.square_sum / static_cast<double>(difference.values);
  row.set("rmse", std::sqrt(mean)).set("different_values", difference.different);
  if (options.show_values > 0) row.set("values", std::move(difference.shown));
  return row;
}

Result<Json> compare_sides(const Side& left, const Side& right, const DiffOptions& options) {
  std::map<std::string_view, std::pair<const PlannedTensor*, const PlannedTensor*>> all;
  for (const auto& [name, tensor] : left.by_name) all[name].first = tensor;
  for (const auto& [name, tensor] : right.by_name) all[name].second = tensor;
  Json rows = Json::array();
  uint64_t differences = 0, compared = 0;
  double largest = 0;
  for (const auto& [name, pair] : all) {
    if (options.filter && !options.filter(name)) continue;
    TRY(Json row, row_of(name, pair.first, pair.second, options));
    compared++;
    differences += *row.find("status") != Json("same");
    if (const Json* gap = row.find("max_abs")) largest = std::max(largest, gap->number());
    rows.push(std::move(row));
  }
  Json out = Json::object().set("identical", differences == 0).set("compared", compared);
  out.set("difference_count", differences).set("max_abs", largest);
  return out.set("tensors", std::move(rows));
}

}  // namespace

Result<Json> diff_tensors(const std::filesystem::path& left_path, const std::filesystem::path& right_path,
                          const DiffOptions& options) {
  Side left, right;
  TRY(left.file, formats::open_model(left_path));
  TRY(right.file, formats::open_model(right_path));
  const bool by_role = plan_by_role(left) && plan_by_role(right);
  if (!by_role) {
    plan_by_name(left);
    plan_by_name(right);
  }
  index(left);
  index(right);
  TRY(Json report, compare_sides(left, right, options));
  return report.set("matched_by", by_role ? "role" : "name");
}

}  // namespace sov::llm
