#include "llm/decoder/load.h"

#include <cstring>
#include <unordered_set>

#include "compute/quant.h"
#include "llm/arch/layout.h"
#include "llm/arch/tensor_map.h"

namespace sov::llm {
namespace {

using compute::Weight;
using formats::Tensor;

std::string shape_text(const std::vector<uint64_t>& shape) {
  std::string text = "[";
  for (uint64_t dim : shape) text += (text.size() > 1 ? ", " : "") + std::to_string(dim);
  return text + "]";
}

/// Reads tensors by role, checks their shapes and remembers which were used.
class Loader {
 public:
  Loader(const formats::ModelFile& file, const Architecture& architecture, TensorMap map, Loaded& out)
      : file_(file),
        architecture_(architecture),
        map_(std::move(map)),
        config_(out.config),
        weights_(*out.weights),
        out_(out) {}

  Result<> run() {
    TRY(layouts());
    TRY(weights_.embedding, matrix(Role::token_embedding, 0, config_.vocab, config_.hidden));
    if (config_.learned_positions) {
      TRY(weights_.positions, matrix(Role::positions, 0, config_.context, config_.hidden));
    }
    TRY(rope_factors());
    weights_.layers.resize(static_cast<size_t>(config_.layers));
    for (int64_t i = 0; i < config_.layers; i++) {
      TRY(attention(i, weights_.layers[static_cast<size_t>(i)]));
      TRY(mlp(i, weights_.layers[static_cast<size_t>(i)]));
    }
    TRY(norm(Role::final_norm, Role::final_norm_bias, 0, config_.hidden, weights_.final_norm));
    TRY(head());
    return nothing_left();
  }

 private:
  /// The conventions of whoever wrote the file.
  Result<> layouts() {
    TRY(layout_, layout_of(file_, architecture_, map_, config_));
    config_.pairing = layout_.pairing;
    config_.norm_weight_offset -= layout_.norm_offset;
    return {};
  }

  Result<const Tensor*> take(Role role, int64_t layer) {
    TRY(const Tensor* tensor, map_.need(role, layer));
    if (used_.insert(tensor).second) out_.parameters += tensor->elements();
    return tensor;
  }

  tl::unexpected<Error> wrong_shape(const Tensor& tensor, std::string_view wanted) {
    return fail(Code::model, "{}: tensor '{}' wants shape {}, got {}", file_.path.string(), tensor.name,
                wanted, shape_text(tensor.shape));
  }

  /// Layer matrices of Conv1D models are [in, out] in Hugging Face files; the shape tells.
  Result<Weight> matrix(Role role, int64_t layer, int64_t rows, int64_t cols) {
    TRY(const Tensor* tensor, take(role, layer));
    const std::vector<uint64_t> plain = {static_cast<uint64_t>(rows), static_cast<uint64_t>(cols)};
    const std::vector<uint64_t> flipped = {plain[1], plain[0]};
    if (layout_.in_out && is_layer_matrix(role)) {
      if (tensor->shape != flipped) return wrong_shape(*tensor, shape_text(flipped));
      return transposed(*tensor, rows, cols);
    }
    // Some APR files keep GGUF's order of dims; the bytes are row-major either way.
    const bool reversed = file_.format == formats::Format::apr && map_.naming() == Naming::gguf;
    if (tensor->shape != plain && !(reversed && tensor->shape == flipped))
      return wrong_shape(*tensor, shape_text(plain));
    return view(*tensor, rows, cols);
  }

  Result<Weight> view(const Tensor& tensor, int64_t rows, int64_t cols) {
    if (!compute::can_dequantize(tensor.dtype)) {
      return fail(Code::unsupported, "{}: tensor '{}': dtype {} is not built", file_.path.string(),
                  tensor.name, name(tensor.dtype));
    }
    // Scaled or padded storage (APR's) has no kernel: it is decoded once.
    if (tensor.encoding != Tensor::Encoding::plain ||
        static_cast<uint64_t>(cols) % info(tensor.dtype).block_elements != 0) {
      return unpacked(tensor, rows, cols);
    }
    return Weight{tensor.dtype, rows, cols, tensor.data.data()};
  }

  std::byte* own(size_t bytes) {
    weights_.owned.push_back(std::make_unique<std::byte[]>(bytes));
    return weights_.owned.back().get();
  }

  /// Blocks that run across rows or are padded, and values with one scale (APR's own types), cannot be used
  /// in place.
  Result<Weight> unpacked(const Tensor& tensor, int64_t rows, int64_t cols) {
    TRY(const std::vector<float> values, read_vector(tensor));
    std::byte* copy = own(values.size() * sizeof(float));
    std::memcpy(copy, values.data(), values.size() * sizeof(float));
    return Weight{DType::f32, rows, cols, copy};
  }

  /// [cols, rows] -> [rows, cols], as f32: exact for every dtype.
  Result<Weight> transposed(const Tensor& tensor, int64_t rows, int64_t cols) {
    TRY(const std::vector<float> values, read_vector(tensor));
    std::vector<float> turned(values.size());
    for (int64_t r = 0; r < rows; r++) {
      for (int64_t c = 0; c < cols; c++) {
        turned[static_cast<size_t>(r * cols + c)] = values[static_cast<size_t>(c * rows + r)];
      }
    }
    std::byte* copy = own(turned.size() * sizeof(float));
    std::memcpy(copy, turned.data(), turned.size() * sizeof(float));
    return Weight{DType::f32, rows, cols, copy};
  }

  Result<std::vector<float>> vector(Role role, int64_t layer, int64_t size) {
    TRY(const Tensor* tensor, take(role, layer));
    if (tensor->shape != std::vector<uint64_t>{static_cast<uint64_t>(size)}) {
      return wrong_shape(*tensor, strf("[{}]", size));
    }
    return read_vector(*tensor);
  }

  Result<> norm(Role weight, Role bias, int64_t layer, int64_t size, nn::Norm& out) {
    TRY(out.weight, vector(weight, layer, size));
    if (config_.norm == nn::NormKind::layer) {
      TRY(out.bias, vector(bias, layer, size));
    }
    return {};
  }

  Result<> linear(Role weight, Role bias, bool biased, int64_t layer, int64_t rows, int64_t cols,
                  nn::Linear& out) {
    TRY(out.weight, matrix(weight, layer, rows, cols));
    if (biased) {
      TRY(out.bias, vector(bias, layer, rows));
    }
    return {};
  }

  static nn::Linear part(const nn::Linear& whole, int64_t first, int64_t rows) {
    nn::Linear out;
    out.weight = whole.weight.slice(first, rows);
    if (!whole.bias.empty()) out.bias.assign(whole.bias.begin() + first, whole.bias.begin() + first + rows);
    return out;
  }

  Result<> projections(int64_t i, LayerWeights& w) {
    const int64_t q = config_.heads * config_.head_dim, kv = config_.kv_heads * config_.head_dim;
    if (map_.find(Role::qkv, i)) {
      nn::Linear fused;
      TRY(linear(Role::qkv, Role::qkv_bias, config_.qkv_bias, i, q + 2 * kv, config_.hidden, fused));
      w.q = part(fused, 0, q);
      w.k = part(fused, q, kv);
      w.v = part(fused, q + kv, kv);
      return {};
    }
    TRY(linear(Role::q, Role::q_bias, config_.qkv_bias, i, q, config_.hidden, w.q));
    TRY(linear(Role::k, Role::k_bias, config_.qkv_bias, i, kv, config_.hidden, w.k));
    return linear(Role::v, Role::v_bias, config_.qkv_bias, i, kv, config_.hidden, w.v);
  }

  Result<> attention(int64_t i, LayerWeights& w) {
    TRY(norm(Role::attention_norm, Role::attention_norm_bias, i, config_.hidden, w.attention_norm));
    TRY(projections(i, w));
    if (config_.qk_norm) {
      TRY(w.q_norm.weight, vector(Role::q_norm, i, config_.head_dim));
      TRY(w.k_norm.weight, vector(Role::k_norm, i, config_.head_dim));
    }
    TRY(linear(Role::attention_output, Role::attention_output_bias, config_.attention_output_bias, i,
               config_.hidden, config_.heads * config_.head_dim, w.output));
    if (!config_.sandwich_norms) return {};
    TRY(w.post_attention_norm.weight, vector(Role::post_attention_norm, i, config_.hidden));
    return {};
  }

  Result<> mlp(int64_t i, LayerWeights& w) {
    TRY(norm(Role::mlp_norm, Role::mlp_norm_bias, i, config_.hidden, w.mlp_norm));
    if (config_.gated_mlp && map_.find(Role::gate_up, i)) {
      nn::Linear fused;
      TRY(fused.weight, matrix(Role::gate_up, i, 2 * config_.ffn, config_.hidden));
      w.mlp.gate = part(fused, 0, config_.ffn);
      w.mlp.up = part(fused, config_.ffn, config_.ffn);
    } else {
      if (config_.gated_mlp) {
        TRY(linear(Role::gate, Role::gate_bias, config_.mlp_bias, i, config_.ffn, config_.hidden,
                   w.mlp.gate));
      }
      TRY(linear(Role::up, Role::up_bias, config_.mlp_bias, i, config_.ffn, config_.hidden, w.mlp.up));
    }
    TRY(linear(Role::down, Role::down_bias, config_.mlp_bias, i, config_.hidden, config_.ffn, w.mlp.down));
    if (!config_.sandwich_norms) return {};
    TRY(w.post_mlp_norm.weight, vector(Role::post_mlp_norm, i, config_.hidden));
    return {};
  }

  /// Llama 3's scaled frequencies come as a tensor in GGUF files.
  Result<> rope_factors() {
    for (Role role : {Role::rope_factors_long, Role::rope_factors_short}) {
      if (const Tensor* tensor = map_.find(role)) used_.insert(tensor);  // read with the configuration
    }
    if (!map_.find(Role::rope_freqs)) return {};
    for (nn::RopeConfig& rope : config_.ropes) {
      TRY(const std::vector<float> factors, vector(Role::rope_freqs, 0, rope.dim / 2));
      for (float factor : factors) {
        if (!(factor > 0))
          return fail(Code::model, "tensor 'rope_freqs.weight' holds {}, wanted > 0", factor);
        rope.freq_factors.push_back(factor);
      }
    }
    return {};
  }

  Result<> head() {
    if (config_.tied_head) {
      weights_.head.weight = weights_.embedding;
      // Some exporters write the tied rows twice.
      if (const Tensor* copy = map_.find(Role::head)) used_.insert(copy);
      return {};
    }
    TRY(weights_.head.weight, matrix(Role::head, 0, config_.vocab, config_.hidden));
    return {};
  }

  Result<> nothing_left() {
    for (const Tensor& tensor : file_.tensors) {
      if (used_.contains(&tensor) || is_leftover(tensor.name)) continue;
      return fail(Code::unsupported, "{}: tensor '{}' has no role in a {} of this configuration",
                  file_.path.string(), tensor.name, config_.architecture);
    }
    return {};
  }

  const formats::ModelFile& file_;
  const Architecture& architecture_;
  TensorMap map_;
  Layout layout_;
  Config& config_;
  Weights& weights_;
  Loaded& out_;
  std::unordered_set<const Tensor*> used_;
};

}  // namespace

Result<Loaded> load_decoder(const formats::ModelFile& file, const Description& description) {
  Loaded out;
  TRY(out.config, with(description.architecture->config(description.config), file.path.string()));
  out.weights = std::make_unique<Weights>();
  TRY(TensorMap map, TensorMap::make(file, *description.architecture));
  TRY(Loader(file, *description.architecture, std::move(map), out).run());
  return out;
}

}  // namespace sov::llm
