#pragma once
// Rotary position embedding: the cos and sin tables, with the scalings used to stretch the context.

#include <cstdint>
#include <vector>

#include "compute/device.h"

namespace sov::nn {

enum class RopeScaling { none, linear, dynamic, llama3, yarn, longrope };

/// Everything the rotation angles depend on.
struct RopeConfig {
  int64_t dim = 0;   // rotated values of a head (even); the rest of the head passes through
  double theta = 0;  // base of the geometric progression
  RopeScaling scaling = RopeScaling::none;
  double factor = 1;             // all scalings but none
  int64_t original_context = 0;  // dynamic, llama3, yarn, longrope: the context trained before stretching
  double low_freq_factor = 1, high_freq_factor = 4;  // llama3
  double beta_fast = 32, beta_slow = 1;              // yarn
  bool truncate = true;                           // yarn: correction bounds are rounded to whole dimensions
  double attention_factor = 0;                    // yarn, longrope: scale of cos and sin; 0: derived
  double mscale = 0, mscale_all_dim = 0;          // yarn (DeepSeek's variant); 0: not given
  std::vector<double> short_factor, long_factor;  // longrope, dim / 2 each
  std::vector<double> freq_factors;  // GGUF's rope_freqs: each frequency is divided by its factor
};

/// The tables of one rotation.
/// Shapes: for positions [first, first + count): cos and sin [count, dim / 2] f32.
/// Numerics: angles in double, rounded once to f32.
/// Sources: Su et al., "RoFormer" (2021), eq. 15; Chen et al., "Position Interpolation" (2023); Peng et al.,
/// "YaRN" (2023), sections 3.2-3.4; Ding et al., "LongRoPE" (2024); Llama 3.1 model card (llama3 scaling).
class Rope {
 public:
  explicit Rope(RopeConfig config);

  /// `sequence` is the number of positions in use, on which dynamic and longrope scaling depend.
  struct Table {
    std::vector<float> cos, sin;
    int64_t count = 0, width = 0;
    /// The rows of another table of the same width after these.
    void append(const Table& more);
    compute::ConstRows cos_rows() const { return {cos.data(), count, width}; }
    compute::ConstRows sin_rows() const { return {sin.data(), count, width}; }
  };
  Table table(int64_t first, int64_t count, int64_t sequence) const;
  /// True when the angles of a position may change as the sequence grows past it.
  bool depends_on_length() const;
  /// True when both sequence lengths give every position the same angles.
  bool same_angles(int64_t sequence, int64_t other) const;
  /// Radians per position for each pair.
  std::vector<double> frequencies(int64_t sequence) const;
  /// What cos and sin are multiplied by.
  double attention_factor() const;

 private:
  RopeConfig config_;
};

}  // namespace sov::nn
