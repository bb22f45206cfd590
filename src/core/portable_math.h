#pragma once
// Logarithm, powers and circular functions in double whose bits are the same with every compiler, C library
// and processor: additions, multiplications and divisions of IEEE 754 alone (the build never fuses them),
// where libm's last bits differ. Errors stay below one unit in the last place.

namespace sov {

/// The natural logarithm; x > 0 and finite.
double portable_log(double x);
/// e to the power of x; |x| <= 700.
double portable_exp(double x);
/// base to the power of exponent; base > 0 and finite, |exponent * log(base)| <= 700. The error grows beyond
/// a unit in the last place where that product is above 30.
double portable_pow(double base, double exponent);

struct SinCos {
  double sin, cos;
};
/// NaN unless |x| <= 2^30.
SinCos portable_sincos(double x);

}  // namespace sov
