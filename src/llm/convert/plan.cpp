#include "llm/convert/plan.h"

#include <algorithm>
#include <unordered_set>

#include "nn/rope.h"

namespace sov::llm {
namespace {

using compute::RopePairing;
using formats::Format;
using formats::Tensor;

std::string shape_text(const std::vector<uint64_t>& shape) {
  std::string text = "[";
  for (uint64_t dim : shape) text += (text.size() > 1 ? ", " : "") + std::to_string(dim);
  return text + "]";
}

std::vector<uint64_t> flipped(std::vector<uint64_t> shape) {
  std::reverse(shape.begin(), shape.end());
  return shape;
}

/// Where rows of a role stand in the tensor that fuses it with others.
struct Slice {
  Role whole;
  int64_t first = 0;
};

std::optional<Slice> slice_of(const Config& c, Role role) {
  const int64_t q = c.heads * c.head_dim, kv = c.kv_heads * c.head_dim;
  switch (role) {
    case Role::q:
      return Slice{Role::qkv, 0};
    case Role::k:
      return Slice{Role::qkv, q};
    case Role::v:
      return Slice{Role::qkv, q + kv};
    case Role::q_bias:
      return Slice{Role::qkv_bias, 0};
    case Role::k_bias:
      return Slice{Role::qkv_bias, q};
    case Role::v_bias:
      return Slice{Role::qkv_bias, q + kv};
    case Role::gate:
      return Slice{Role::gate_up, 0};
    case Role::up:
      return Slice{Role::gate_up, c.ffn};
    default:
      return std::nullopt;
  }
}

std::vector<Role> members_of(Role fused) {
  switch (fused) {
    case Role::qkv:
      return {Role::q, Role::k, Role::v};
    case Role::qkv_bias:
      return {Role::q_bias, Role::k_bias, Role::v_bias};
    case Role::gate_up:
      return {Role::gate, Role::up};
    default:
      return {};
  }
}

class Planner {
 public:
  Planner(const Source& source, Format target, const Quantization& quantization, TensorMap map)
      : source_(source),
        config_(source.config),
        architecture_(*source.description.architecture),
        target_(target),
        quantization_(quantization),
        map_(std::move(map)) {}

  Result<Plan> run() {
    for (RoleAt at : roles_of(config_, fused_of(architecture_))) TRY(add(at));
    if (target_ == Format::gguf) rope_tensors();
    TRY(account_for_the_rest());
    return std::move(plan_);
  }

 private:
  Naming naming() const { return target_ == Format::gguf ? Naming::gguf : Naming::huggingface; }

  Result<> add(RoleAt at) {
    PlannedTensor out;
    out.at = at;
    TRY(find_parts(at, out));
    out.spec.name = canonical_name(architecture_, naming(), at.role, at.layer);
    if (out.spec.name.empty()) {
      return fail(Code::unsupported, "{}: tensor '{}' has no name in {} files", path(),
                  map_.name(at.role, at.layer), formats::format_name(target_));
    }
    out.spec.shape = *role_shape(config_, at.role);
    set_transform(out);
    set_storage(out);
    plan_.tensors.push_back(std::move(out));
    return {};
  }

  std::string path() const { return source_.file->path.string(); }

  /// The tensor itself, a slice of the one that fuses it, or the ones that it fuses.
  Result<> find_parts(RoleAt at, PlannedTensor& out) {
    if (map_.find(at.role, at.layer)) {
      TRY(const Part part, whole(at));
      out.parts = {part};
      return {};
    }
    if (const auto slice = slice_of(config_, at.role); slice && map_.find(slice->whole, at.layer)) {
      TRY(Part part, whole({slice->whole, at.layer}));
      part.first_row = static_cast<uint64_t>(slice->first);
      part.rows = role_shape(config_, at.role)->front();
      out.parts = {part};
      return {};
    }
    for (Role member : members_of(at.role)) {
      TRY(const Part part, whole({member, at.layer}));
      out.parts.push_back(part);
    }
    if (out.parts.empty()) {
      TRY(const Tensor* missing, map_.need(at.role, at.layer));  // its error names the tensor
      out.parts = {{missing, 0, 0}};
    }
    return {};
  }

  Result<Part> whole(RoleAt at) {
    TRY(const Tensor* tensor, map_.need(at.role, at.layer));
    const std::vector<uint64_t> wanted = *role_shape(config_, at.role);
    const bool in_out = source_.layout.in_out && is_layer_matrix(at.role);
    const std::vector<uint64_t> stored = in_out ? flipped(wanted) : wanted;
    // Some APR files keep GGUF's order of dims; the bytes are row-major either way.
    const bool reversed = source_.file->format == Format::apr && map_.naming() == Naming::gguf && !in_out;
    if (tensor->shape != stored && !(reversed && tensor->shape == flipped(wanted))) {
      return fail(Code::model, "{}: tensor '{}' wants shape {}, got {}", path(), tensor->name,
                  shape_text(stored), shape_text(tensor->shape));
    }
    used_.insert(tensor);
    return Part{tensor, 0, wanted.front()};
  }

  void set_transform(PlannedTensor& out) const {
    const Layout& from = source_.layout;
    const bool gguf = target_ == Format::gguf;
    if (is_layer_matrix(out.at.role) && architecture_.conv1d) {
      out.transpose_parts = from.in_out;
      out.transpose_result = target_ == Format::safetensors;
      const bool moves_whole = out.parts.size() == 1 && out.parts[0].rows == out.spec.shape[0];
      if (out.transpose_result) out.spec.shape = flipped(out.spec.shape);
      if (out.transpose_parts && out.transpose_result && moves_whole) {
        out.transpose_parts = out.transpose_result = false;
        out.parts[0].rows = out.spec.shape[0];
      }
    }
    const RopePairing to =
        gguf && architecture_.gguf_pairs_adjacent ? RopePairing::adjacent : RopePairing::halves;
    if (is_rotated(out.at.role) && from.pairing != to) {
      out.order = to == RopePairing::adjacent ? RowOrder::halves_to_adjacent : RowOrder::adjacent_to_halves;
      out.head_rows = static_cast<uint64_t>(config_.head_dim);
      out.rotated_rows = static_cast<uint64_t>(config_.ropes[0].dim);
    }
    if (is_norm_weight(out.at.role)) {
      out.add = (gguf ? architecture_.gguf_norm_offset : 0) - from.norm_offset;
    }
  }

  void set_storage(PlannedTensor& out) const {
    Storage storage{.at = out.at, .shape = out.spec.shape};
    storage.source = out.parts[0].tensor->dtype;
    const bool moves_rows = !out.transpose_parts && !out.transpose_result;
    storage.plain =
        moves_rows && std::all_of(out.parts.begin(), out.parts.end(), [&](const Part& part) {
          return part.tensor->encoding == Tensor::Encoding::plain && part.tensor->dtype == storage.source;
        });
    storage.is_head =
        out.at.role == Role::head || (config_.tied_head && out.at.role == Role::token_embedding);
    const StoredAs stored = choose_storage(quantization_, target_, storage, config_);
    out.spec.dtype = stored.dtype;
    out.fallback = stored.fallback;
  }

  void computed(Role role, std::vector<float> values) {
    PlannedTensor out;
    out.at = {role};
    out.spec = {canonical_name(architecture_, Naming::gguf, role), DType::f32, {values.size()}};
    out.computed = std::move(values);
    plan_.tensors.push_back(std::move(out));
  }

  /// GGUF carries Llama 3's and Phi-3's stretched frequencies as tensors.
  void rope_tensors() {
    if (config_.ropes.empty()) return;
    const nn::RopeConfig& rope = config_.ropes[0];
    if (rope.scaling == nn::RopeScaling::llama3 || !rope.freq_factors.empty()) {
      nn::RopeConfig plain;
      plain.dim = rope.dim;
      plain.theta = rope.theta;
      const std::vector<double> base = nn::Rope(plain).frequencies(1);
      const std::vector<double> scaled = nn::Rope(rope).frequencies(1);
      std::vector<float> factors;
      for (size_t i = 0; i < base.size(); i++) factors.push_back(static_cast<float>(base[i] / scaled[i]));
      computed(Role::rope_freqs, std::move(factors));
    }
    if (rope.scaling == nn::RopeScaling::longrope) {
      computed(Role::rope_factors_long, {rope.long_factor.begin(), rope.long_factor.end()});
      computed(Role::rope_factors_short, {rope.short_factor.begin(), rope.short_factor.end()});
    }
  }

  /// Nothing of the source is left behind unsaid.
  Result<> account_for_the_rest() {
    for (Role role : {Role::rope_freqs, Role::rope_factors_long, Role::rope_factors_short}) {
      const Tensor* tensor = map_.find(role);
      if (tensor && used_.insert(tensor).second && target_ != Format::gguf)
        plan_.dropped.push_back(strf("{}: in the configuration", tensor->name));
    }
    for (const Tensor& tensor : source_.file->tensors) {
      if (used_.contains(&tensor)) continue;
      const bool tied_copy = config_.tied_head && &tensor == map_.find(Role::head);
      if (!tied_copy && !is_leftover(tensor.name)) {
        return fail(Code::unsupported, "{}: tensor '{}' has no role in a {} of this configuration", path(),
                    tensor.name, config_.architecture);
      }
      plan_.dropped.push_back(
          strf("{}: {}", tensor.name,
               tied_copy ? "the head is tied to the embedding" : "a table that is computed"));
    }
    return {};
  }

  const Source& source_;
  const Config& config_;
  const Architecture& architecture_;
  Format target_;
  const Quantization& quantization_;
  TensorMap map_;
  Plan plan_;
  std::unordered_set<const Tensor*> used_;
};

}  // namespace

bool PlannedTensor::is_copy() const {
  if (!computed.empty() || transpose_parts || transpose_result || add != 0) return false;
  if (order != RowOrder::same && spec.shape.size() < 2) return false;
  if (columns() % info(spec.dtype).block_elements != 0) return false;
  return std::all_of(parts.begin(), parts.end(), [&](const Part& part) {
    return part.tensor->dtype == spec.dtype && part.tensor->encoding == Tensor::Encoding::plain;
  });
}

std::string PlannedTensor::transform() const {
  if (!computed.empty()) return "computed from the configuration";
  std::string out;
  const auto note = [&](bool applies, std::string_view words) {
    if (applies) out += (out.empty() ? "" : ", ") + std::string(words);
  };
  note(parts.size() > 1, "joined");
  note(parts.size() == 1 && parts[0].rows * columns() != parts[0].tensor->elements() && spec.shape.size() > 1,
       "cut out");
  note(transpose_parts != transpose_result, "transposed");
  note(order != RowOrder::same, "rows reordered for RoPE");
  note(add != 0, add > 0 ? "1 added" : "1 subtracted");
  return out.empty() ? "none" : out;
}

Result<Source> read_source(const formats::ModelFile& file) {
  Source source;
  source.file = &file;
  TRY(source.description, describe(file));
  const Architecture& architecture = *source.description.architecture;
  TRY(source.config, with(architecture.config(source.description.config), file.path.string()));
  TRY(const TensorMap map, TensorMap::make(file, architecture));
  TRY(source.layout, layout_of(file, architecture, map, source.config));
  if (const Tensor* freqs = map.find(Role::rope_freqs)) {
    TRY(const std::vector<float> factors, read_vector(*freqs));
    for (nn::RopeConfig& rope : source.config.ropes) {
      if (factors.size() != static_cast<size_t>(rope.dim / 2)) {
        return fail(Code::model, "{}: tensor '{}' wants {} values, got {}", file.path.string(), freqs->name,
                    rope.dim / 2, factors.size());
      }
      rope.freq_factors.assign(factors.begin(), factors.end());
    }
  }
  return source;
}

Result<Plan> make_plan(const Source& source, formats::Format target, const Quantization& quantization) {
  TRY(TensorMap map, TensorMap::make(*source.file, *source.description.architecture));
  return Planner(source, target, quantization, std::move(map)).run();
}

}  // namespace sov::llm
