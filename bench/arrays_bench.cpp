// Timings of the array functions: the side of bench/arrays.py that is ours. It answers requests, one a line,
// so that both sides can take turns:
//   NAME THREADS SECONDS SIZE...   ->   {"best": seconds, "median": seconds}
// Results go to memory that is there already, on both sides; each request runs twice untimed.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "compute/convolution.h"
#include "compute/eigen.h"
#include "compute/elementwise.h"
#include "compute/hardware.h"
#include "compute/matrix.h"
#include "compute/normalize.h"
#include "compute/statistics.h"
#include "core/json.h"
#include "core/rng.h"

namespace sov::bench {
namespace {

using namespace compute;
using Clock = std::chrono::steady_clock;
using Sizes = std::vector<int64_t>;
using Work = std::function<Result<void>()>;

struct Run {
  ArrayContext& on;
  Sizes sizes;
  int64_t size(size_t i) const { return i < sizes.size() ? sizes[i] : 1; }
};

/// Values in [low, high).
Vector values(int64_t count, double low = -1, double high = 1) {
  Rng rng(1);
  Vector out = *Vector::create(count);
  for (float& value : out.span()) value = static_cast<float>(low + (high - low) * rng.uniform());
  return out;
}

/// A function and what it works on stay together until the timing is over.
template <typename State, typename Body>
Work work(State state, Body body) {
  auto shared = std::make_shared<State>(std::move(state));  // std::function copies
  return [shared, body] { return body(*shared); };
}

Work gemm(const Run& run) {
  const int64_t m = run.size(0), n = run.size(1), k = run.size(2);
  const bool turned_a = run.size(3) != 0 && run.sizes.size() > 3,
             turned_b = run.size(4) != 0 && run.sizes.size() > 4;
  struct State {
    Vector a, b, c;
  };
  return work(State{values(m * k), values(k * n), values(m * n)}, [=, &on = run.on](State& s) {
    const MatrixView a =
        turned_a ? MatrixView{s.a.data(), k, m, m, 1}.transposed() : MatrixView{s.a.data(), m, k, k, 1};
    const MatrixView b =
        turned_b ? MatrixView{s.b.data(), n, k, k, 1}.transposed() : MatrixView{s.b.data(), k, n, n, 1};
    return multiply(on, a, b, MutableMatrixView{s.c.data(), m, n, n, 1});
  });
}

struct Pair {
  Vector x, y, out;
};
Pair pair(const Run& run, double low, double high) {
  return {values(run.size(0), low, high), values(run.size(0), low, high), values(run.size(0))};
}

/// Requests by name. Those of elementwise.def are found by their own names.
const std::map<std::string, std::function<Work(const Run&)>>& works() {
  static const std::map<std::string, std::function<Work(const Run&)>> all = {
      {"gemm", gemm},
#define SOV_UNARY(name, expression)                                                       \
  {#name, [](const Run& run) {                                                            \
     return work(pair(run, 0.01, 0.99),                                                   \
                 [&on = run.on](Pair& p) { return apply(on, Unary::name, p.x, p.out); }); \
   }},
#define SOV_SCALED(name, expression)                                                             \
  {#name, [](const Run& run) {                                                                   \
     return work(pair(run, 0.01, 0.99),                                                          \
                 [&on = run.on](Pair& p) { return apply(on, Scaled::name, p.x, 1.5F, p.out); }); \
   }},
#define SOV_BINARY(name, expression)                                                            \
  {#name, [](const Run& run) {                                                                  \
     return work(pair(run, 0.01, 0.99),                                                         \
                 [&on = run.on](Pair& p) { return apply(on, Binary::name, p.x, p.y, p.out); }); \
   }},
#include "compute/elementwise.def"
#undef SOV_UNARY
#undef SOV_SCALED
#undef SOV_BINARY
#define SOV_REDUCE(name)                                                     \
  {#name, [](const Run& run) {                                               \
     return work(pair(run, -1, 1), [&on = run.on](Pair& p) -> Result<void> { \
       TRY(p.out[0], name(on, p.x));                                         \
       return {};                                                            \
     });                                                                     \
   }},
      // clang-format off
      SOV_REDUCE(sum) SOV_REDUCE(sum_kahan) SOV_REDUCE(sum_of_squares) SOV_REDUCE(max) SOV_REDUCE(mean)
      SOV_REDUCE(variance) SOV_REDUCE(norm_l1) SOV_REDUCE(norm_l2)
  // clang-format on
#undef SOV_REDUCE
              {"argmax",
               [](const Run& run) {
                 return work(pair(run, -1, 1), [&on = run.on](Pair& p) -> Result<void> {
                   TRY(const int64_t at, argmax(on, p.x));
                   p.out[0] = static_cast<float>(at);
                   return {};
                 });
               }},
      {"dot",
       [](const Run& run) {
         return work(pair(run, -1, 1), [&on = run.on](Pair& p) -> Result<void> {
           TRY(p.out[0], dot(on, p.x, p.y));
           return {};
         });
       }},
      {"clamp",
       [](const Run& run) {
         return work(pair(run, -1, 1),
                     [&on = run.on](Pair& p) { return clamp(on, p.x, -0.5F, 0.5F, p.out); });
       }},
      {"softmax",
       [](const Run& run) {
         const int64_t width = run.size(1);
         return work(pair(Run{run.on, {run.size(0) * width}}, -5, 5),
                     [width, &on = run.on](Pair& p) { return softmax(on, p.x, width, p.out); });
       }},
      {"layer_norm",
       [](const Run& run) {
         const int64_t width = run.size(1);
         return work(pair(Run{run.on, {run.size(0) * width}}, -5, 5),
                     [width, &on = run.on](Pair& p) { return layer_norm(on, p.x, {.width = width}, p.out); });
       }},
      {"transpose",
       [](const Run& run) {
         const int64_t rows = run.size(0), cols = run.size(1);
         return work(pair(Run{run.on, {rows * cols}}, -1, 1), [=, &on = run.on](Pair& p) {
           return transpose(on, {p.x.data(), rows, cols, cols, 1}, {p.out.data(), cols, rows, rows, 1});
         });
       }},
      {"eigh",
       [](const Run& run) {
         Matrix a = *Matrix::from(run.size(0), run.size(0), values(run.size(0) * run.size(0)));
         return work(std::move(a), [&on = run.on](Matrix& m) -> Result<void> {
           TRY(symmetric_eigen(on, m, EigenOrder::ascending));
           return {};
         });
       }},
      {"convolve2d",
       [](const Run& run) {
         const int64_t c = run.size(0), size = run.size(1), k = run.size(2), r = run.size(3);
         return work(Pair{values(c * size * size), values(k * c * r * r), {}},
                     [=, &on = run.on](Pair& p) -> Result<void> {
                       TRY(convolve2d(on, Picture{p.x.data(), c, size, size}, Filters{p.y.data(), k, c, r, r},
                                      {.pad_rows = r / 2, .pad_cols = r / 2}));
                       return {};
                     });
       }},
  };
  return all;
}

Result<Json> timed(const Work& body, double seconds) {
  std::vector<double> times;
  for (int i = 0; i < 2; i++) TRY(body());
  const auto since = [](Clock::time_point from) {
    return std::chrono::duration<double>(Clock::now() - from).count();
  };
  for (const Clock::time_point start = Clock::now(); times.size() < 3 || since(start) < seconds;) {
    const Clock::time_point begin = Clock::now();
    TRY(body());
    times.push_back(since(begin));
  }
  std::ranges::sort(times);
  return Json::object().set("best", times.front()).set("median", times[times.size() / 2]);
}

/// The machine's limits: 1e9 operations and bytes a second.
Result<Json> limits(ThreadPool& pool) {
  TRY(SpeedProbe probe, SpeedProbe::create(pool));
  return Json::object()
      .set("flops", probe.f32(pool).highest)
      .set("read", probe.read(pool).highest)
      .set("triad", probe.triad(pool).highest)
      .set("target", std::string(probe.target()));
}

Result<Json> answer(const std::string& line) {
  std::istringstream in(line);
  std::string name;
  int threads = 1;
  double seconds = 0.1;
  in >> name >> threads >> seconds;
  Sizes sizes;
  for (int64_t size; in >> size;) sizes.push_back(size);
  if (threads < 1 || threads > 1024)
    return fail(Code::usage, "'{}': wanted NAME THREADS SECONDS SIZE...", line);
  ThreadPool pool(threads);
  if (name == "limits") return limits(pool);
  const auto found = works().find(name);
  if (found == works().end()) return fail(Code::usage, "'{}': no such function", name);
  TRY(ArrayContext on, ArrayContext::create(pool));
  return timed(found->second({on, sizes}), seconds);
}

}  // namespace
}  // namespace sov::bench

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    const auto out = sov::bench::answer(line);
    std::printf("%s\n", out ? out->dump().c_str()
                            : sov::Json::object().set("error", out.error().text()).dump().c_str());
    std::fflush(stdout);
  }
}
