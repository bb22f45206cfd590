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

using Makers = std::map<std::string, std::function<Work(const Run&)>>;

/// The functions of elementwise.def by their own names.
Makers elementwise() {
  const auto unary = [](Unary f) {
    return [f](const Run& run) {
      return work(pair(run, 0.01, 0.99), [f, &on = run.on](Pair& p) { return apply(on, f, p.x, p.out); });
    };
  };
  const auto scaled = [](Scaled f) {
    return [f](const Run& run) {
      return work(pair(run, 0.01, 0.99),
                  [f, &on = run.on](Pair& p) { return apply(on, f, p.x, 1.5F, p.out); });
    };
  };
  const auto binary = [](Binary f) {
    return [f](const Run& run) {
      return work(pair(run, 0.01, 0.99),
                  [f, &on = run.on](Pair& p) { return apply(on, f, p.x, p.y, p.out); });
    };
  };
  return {
#define SOV_UNARY(name, expression) {#name, unary(Unary::name)},
#define SOV_SCALED(name, expression) {#name, scaled(Scaled::name)},
#define SOV_BINARY(name, expression) {#name, binary(Binary::name)},
#include "compute/elementwise.def"
#undef SOV_UNARY
#undef SOV_SCALED
#undef SOV_BINARY
      {"clamp",
       [](const Run& run) {
         return work(pair(run, -1, 1),
                     [&on = run.on](Pair& p) { return clamp(on, p.x, -0.5F, 0.5F, p.out); });
       }},
  };
}

Makers reductions() {
  const auto of_one = [](Result<float> (*f)(ArrayContext&, Values)) {
    return [f](const Run& run) {
      return work(pair(run, -1, 1), [f, &on = run.on](Pair& p) -> Result<void> {
        TRY(p.out[0], f(on, p.x));
        return {};
      });
    };
  };
  return {
      {"sum", of_one(sum)},
      {"sum_kahan", of_one(sum_kahan)},
      {"sum_of_squares", of_one(sum_of_squares)},
      {"max", of_one(max)},
      {"mean", of_one(mean)},
      {"variance", of_one([](ArrayContext& on, Values x) { return variance(on, x); })},
      {"norm_l1", of_one(norm_l1)},
      {"norm_l2", of_one(norm_l2)},
      {"argmax", of_one([](ArrayContext& on, Values x) -> Result<float> {
         TRY(const int64_t at, argmax(on, x));
         return static_cast<float>(at);
       })},
      {"dot",
       [](const Run& run) {
         return work(pair(run, -1, 1), [&on = run.on](Pair& p) -> Result<void> {
           TRY(p.out[0], dot(on, p.x, p.y));
           return {};
         });
       }},
  };
}

Work rows(const Run& run,
          Result<void> (*function)(ArrayContext&, Values, int64_t width, std::span<float> out)) {
  const int64_t width = run.size(1);
  return work(pair(Run{run.on, {run.size(0) * width}}, -5, 5),
              [=, &on = run.on](Pair& p) { return function(on, p.x, width, p.out); });
}

Work turned(const Run& run) {
  const int64_t height = run.size(0), width = run.size(1);
  return work(pair(Run{run.on, {height * width}}, -1, 1), [=, &on = run.on](Pair& p) {
    return transpose(on, {p.x.data(), height, width, width, 1}, {p.out.data(), width, height, height, 1});
  });
}

Work eigenvalues(const Run& run) {
  Matrix a = *Matrix::from(run.size(0), run.size(0), values(run.size(0) * run.size(0)));
  return work(std::move(a), [&on = run.on](Matrix& m) -> Result<void> {
    TRY(symmetric_eigen(on, m, EigenOrder::ascending));
    return {};
  });
}

/// CHANNELS SIZE FILTERS SIZE, padded to keep the size.
Work convolution(const Run& run) {
  const int64_t c = run.size(0), size = run.size(1), k = run.size(2), r = run.size(3);
  return work(Pair{values(c * size * size), values(k * c * r * r), {}},
              [=, &on = run.on](Pair& p) -> Result<void> {
                TRY(convolve2d(on, Picture{p.x.data(), c, size, size}, Filters{p.y.data(), k, c, r, r},
                               {.pad_rows = r / 2, .pad_cols = r / 2}));
                return {};
              });
}

/// Requests by name.
const Makers& works() {
  static const Makers all = [] {
    Makers out = elementwise();
    out.merge(reductions());
    out.emplace("gemm", gemm);
    out.emplace("softmax", [](const Run& run) { return rows(run, softmax); });
    out.emplace("layer_norm", [](const Run& run) {
      return rows(run, [](ArrayContext& on, Values x, int64_t width, std::span<float> to) {
        return layer_norm(on, x, {.width = width}, to);
      });
    });
    out.emplace("transpose", turned);
    out.emplace("eigh", eigenvalues);
    out.emplace("convolve2d", convolution);
    return out;
  }();
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
