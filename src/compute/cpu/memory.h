#pragma once
// Memory for numbers: aligned to a cache line, and in large pages where there is much of it.

#include <cstddef>

namespace sov::compute {

/// At least that many bytes, to be given back with std::free; null when refused.
/// From a MiB on it asks for 2 MiB pages: with 4 KiB pages a product of matrices spends its time on
/// translations (a matrix-vector product of 64 MiB at three quarters of the speed, Zen 3).
float* allocate_floats(size_t bytes);

}  // namespace sov::compute
