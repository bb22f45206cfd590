#include "compute/elementwise.h"

#include <algorithm>

#include "compute/cpu/array_kernels.h"

namespace sov::compute {
namespace {

// 128 KiB: tens of microseconds of a plain operation, and what two arrays leave of L2.
constexpr int64_t kTask = 32768;

int64_t size_of(Values x) { return static_cast<int64_t>(x.size()); }

Result<void> check(std::string_view what, Values x, std::span<float> out) {
  if (x.size() != out.size()) return fail(Code::usage, "{}: {} values into {}", what, x.size(), out.size());
  const bool apart = x.data() + x.size() <= out.data() || out.data() + out.size() <= x.data();
  if (!apart && x.data() != out.data() && !x.empty()) {
    return fail(Code::usage, "{}: the result overlaps an argument and is not in its place", what);
  }
  return {};
}

/// body(first, count) for all of them, in tasks.
template <typename Body>
void for_tasks(ArrayContext& on, int64_t size, const Body& body) {
  on.pool().run((size + kTask - 1) / kTask,
                [&](int64_t task) { body(task * kTask, std::min(kTask, size - task * kTask)); });
}

template <typename Function>
Result<Vector> made(int64_t size, const Function& function) {
  TRY(Vector out, Vector::create(size));
  TRY(function(out.span()));
  return out;
}

}  // namespace

Result<void> apply(ArrayContext& on, Unary function, Values x, std::span<float> out) {
  TRY(check("function of an array", x, out));
  const auto kernel = on.kernels().element.unary[static_cast<int>(function)];
  for_tasks(on, size_of(x), [&](int64_t i, int64_t n) { kernel(x.data() + i, out.data() + i, n); });
  return {};
}

Result<void> apply(ArrayContext& on, Scaled function, Values x, float p, std::span<float> out) {
  TRY(check("function of an array and a number", x, out));
  const auto kernel = on.kernels().element.scaled[static_cast<int>(function)];
  for_tasks(on, size_of(x), [&](int64_t i, int64_t n) { kernel(x.data() + i, p, out.data() + i, n); });
  return {};
}

Result<void> apply(ArrayContext& on, Binary function, Values x, Values y, std::span<float> out) {
  TRY(check("function of two arrays, first", x, out));
  TRY(check("function of two arrays, second", y, out));
  const auto kernel = on.kernels().element.binary[static_cast<int>(function)];
  for_tasks(on, size_of(x),
            [&](int64_t i, int64_t n) { kernel(x.data() + i, y.data() + i, out.data() + i, n); });
  return {};
}

Result<void> clamp(ArrayContext& on, Values x, float low, float high, std::span<float> out) {
  TRY(check("clamp", x, out));
  if (!(low <= high)) return fail(Code::usage, "clamp: wanted low <= high, got {} and {}", low, high);
  for_tasks(on, size_of(x), [&](int64_t i, int64_t n) {
    on.kernels().element.clamp(x.data() + i, low, high, out.data() + i, n);
  });
  return {};
}

Result<void> fma(ArrayContext& on, Values a, Values b, Values c, std::span<float> out) {
  TRY(check("fma, first", a, out));
  TRY(check("fma, second", b, out));
  TRY(check("fma, third", c, out));
  for_tasks(on, size_of(a), [&](int64_t i, int64_t n) {
    on.kernels().element.fma(a.data() + i, b.data() + i, c.data() + i, out.data() + i, n);
  });
  return {};
}

Result<void> lerp(ArrayContext& on, Values a, Values b, float t, std::span<float> out) {
  TRY(check("lerp, first", a, out));
  TRY(check("lerp, second", b, out));
  for_tasks(on, size_of(a), [&](int64_t i, int64_t n) {
    on.kernels().element.lerp(a.data() + i, b.data() + i, t, out.data() + i, n);
  });
  return {};
}

Result<Vector> apply(ArrayContext& on, Unary function, Values x) {
  return made(size_of(x), [&](std::span<float> out) { return apply(on, function, x, out); });
}
Result<Vector> apply(ArrayContext& on, Scaled function, Values x, float p) {
  return made(size_of(x), [&](std::span<float> out) { return apply(on, function, x, p, out); });
}
Result<Vector> apply(ArrayContext& on, Binary function, Values x, Values y) {
  return made(size_of(x), [&](std::span<float> out) { return apply(on, function, x, y, out); });
}
Result<Vector> clamp(ArrayContext& on, Values x, float low, float high) {
  return made(size_of(x), [&](std::span<float> out) { return clamp(on, x, low, high, out); });
}
Result<Vector> fma(ArrayContext& on, Values a, Values b, Values c) {
  return made(size_of(a), [&](std::span<float> out) { return fma(on, a, b, c, out); });
}
Result<Vector> lerp(ArrayContext& on, Values a, Values b, float t) {
  return made(size_of(a), [&](std::span<float> out) { return lerp(on, a, b, t, out); });
}

}  // namespace sov::compute
