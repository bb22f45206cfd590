#pragma once
// Functions of each element by itself. Every function of elementwise.def is here by its name, as `exp(on,
// x)`, which makes a vector, and by apply(on, Unary::exp, x, out), which writes where it is told (out may be
// x).
//
// Numerics, in units in the last place, tiers with FMA, measured against the C library in double over all
// exponents and against mpmath at chosen points: abs neg floor ceil round trunc fract signum copysign minimum
// maximum exact; add sub mul div recip sqrt scale shift fma correctly rounded; exp log log2 1.5, log10 cosh
// acos 2, log1p sinh tanh asin atan 2.5, sin cos 1.5 (arguments of any size), asinh acosh atanh 3.5, tan 4,
// pow powf 0.51; sigmoid swish 3, selu 3.5, mish 4, for arguments above -80. NaN stays NaN everywhere;
// outside a function's domain the result is NaN, as IEEE 754 and NumPy have it. minimum and maximum give NaN
// where either is one. round takes ties to even. signum(0) is 0. fract keeps the sign. pow follows C's annex
// F (1^NaN = 1, 0^-1 = infinity). Errors: usage where sizes differ or `out` overlaps an argument without
// being it. Threads: spread over the pool by size; an element's bits depend on its arguments alone.

#include "compute/array.h"
#include "compute/element_names.h"

namespace sov::compute {

using Values = std::span<const float>;

Result<void> apply(ArrayContext& on, Unary function, Values x, std::span<float> out);
Result<void> apply(ArrayContext& on, Scaled function, Values x, float p, std::span<float> out);
Result<void> apply(ArrayContext& on, Binary function, Values x, Values y, std::span<float> out);
/// Low where a value is below it, high where it is above; NaN stays. Errors: also when low > high or either
/// is NaN.
Result<void> clamp(ArrayContext& on, Values x, float low, float high, std::span<float> out);
/// a b + c, rounded once (twice on tiers without FMA).
Result<void> fma(ArrayContext& on, Values a, Values b, Values c, std::span<float> out);
/// a + t (b - a).
Result<void> lerp(ArrayContext& on, Values a, Values b, float t, std::span<float> out);

Result<Vector> apply(ArrayContext& on, Unary function, Values x);
Result<Vector> apply(ArrayContext& on, Scaled function, Values x, float p);
Result<Vector> apply(ArrayContext& on, Binary function, Values x, Values y);
Result<Vector> clamp(ArrayContext& on, Values x, float low, float high);
Result<Vector> fma(ArrayContext& on, Values a, Values b, Values c);
Result<Vector> lerp(ArrayContext& on, Values a, Values b, float t);

#define SOV_UNARY(name, expression) \
  inline Result<Vector> name(ArrayContext& on, Values x) { return apply(on, Unary::name, x); }
#define SOV_SCALED(name, expression) \
  inline Result<Vector> name(ArrayContext& on, Values x, float p) { return apply(on, Scaled::name, x, p); }
#define SOV_BINARY(name, expression) \
  inline Result<Vector> name(ArrayContext& on, Values x, Values y) { return apply(on, Binary::name, x, y); }
#include "compute/elementwise.def"
#undef SOV_UNARY
#undef SOV_SCALED
#undef SOV_BINARY

}  // namespace sov::compute
