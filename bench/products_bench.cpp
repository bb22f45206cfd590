// Speed of the products of weights and activations, without a model around them: for every type that we can
// encode, a matrix of ROWS x COLS in cache times some tokens, in 1e9 multiply-adds a second (the best and the
// median repetition). The best is what other programs on the machine disturb least.
//
//   products_bench [--target TIER] [--threads N] [--tokens 1,4,8,128] [--rows N] [--cols N] [--repeat N]
#include <algorithm>
#include <chrono>
#include <cstdio>

#include "compute/devices.h"
#include "compute/quant.h"
#include "core/args.h"
#include "core/format.h"
#include "core/rng.h"

namespace sov::bench {
namespace {

using namespace compute;

std::vector<float> values(Rng& rng, int64_t count, double spread) {
  std::vector<float> out(static_cast<size_t>(count));
  for (float& value : out) value = static_cast<float>(spread * (2 * rng.uniform() - 1));
  return out;
}

CommandSpec command() {
  CommandSpec spec = {.name = "products", .summary = "1e9 multiply-adds a second by type"};
  spec.options = {
      {.name = "target", .kind = ArgKind::text, .value = "TIER", .help = "a SIMD tier"},
      {.name = "threads", .kind = ArgKind::integer, .value = "N", .fallback = "1", .min = 1, .max = 1024},
      {.name = "tokens", .kind = ArgKind::text, .value = "N,N", .fallback = "1,4,8,128"},
      {.name = "rows", .kind = ArgKind::integer, .value = "N", .fallback = "1024", .min = 1},
      {.name = "cols", .kind = ArgKind::integer, .value = "N", .fallback = "1024", .min = 256},
      {.name = "repeat", .kind = ArgKind::integer, .value = "N", .fallback = "60", .min = 1},
  };
  return spec;
}

Result<std::vector<int64_t>> token_counts(const std::string& text) {
  std::vector<int64_t> out;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find(',', at), text.size());
    TRY(const int64_t count, parse_integer("tokens", text.substr(at, end - at), 1, 1 << 16));
    out.push_back(count);
    at = end + 1;
  }
  return out;
}

/// 1e9 multiply-adds a second, ascending.
std::vector<double> speeds(Device& device, const Weight& w, int64_t tokens, int64_t repeat, Rng& rng) {
  using Clock = std::chrono::steady_clock;
  const auto x = values(rng, tokens * w.cols, 1);
  std::vector<float> y(static_cast<size_t>(tokens * w.rows));
  std::vector<double> out;
  for (int64_t i = 0; i <= repeat; i++) {
    const auto start = Clock::now();
    device.matmul(w, ConstRows(x.data(), tokens, w.cols), {}, Rows(y.data(), tokens, w.rows));
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    if (i > 0) out.push_back(static_cast<double>(w.rows * w.cols * tokens) / seconds / 1e9);
  }
  std::sort(out.begin(), out.end());
  return out;
}

Result<> run(const std::vector<std::string>& words) {
  TRY(const ParsedArgs args, parse_args(command(), "products_bench", words));
  TRY(const std::vector<int64_t> tokens, token_counts(args.text("tokens")));
  const std::string target = args.text("target");
  TRY(const std::unique_ptr<Device> device,
      make_cpu_device({.threads = static_cast<int>(args.integer("threads")), .target = target}));
  const int64_t rows = args.integer("rows"), cols = args.integer("cols") / 256 * 256;
  std::printf("%s, %lld x %lld, threads: %lld\n| type |", std::string(device->target()).c_str(),
              static_cast<long long>(rows), static_cast<long long>(cols),
              static_cast<long long>(args.integer("threads")));
  for (const int64_t count : tokens) std::printf(" %lld tokens |", static_cast<long long>(count));
  std::printf("\n");
  for (const DTypeInfo& type : all_dtypes()) {
    if (!can_quantize(type.dtype) || !can_dequantize(type.dtype)) continue;
    Rng rng(1);
    const auto exact = values(rng, rows * cols, 0.1);
    std::vector<std::byte> bytes(*bytes_for(type.dtype, static_cast<uint64_t>(rows * cols)));
    TRY(quantize(type.dtype, exact, bytes));
    std::printf("| %s |", std::string(type.name).c_str());
    for (const int64_t count : tokens) {
      const auto found =
          speeds(*device, {type.dtype, rows, cols, bytes.data()}, count, args.integer("repeat"), rng);
      std::printf(" %.1f (%.1f) |", found.back(), found[found.size() / 2]);
    }
    std::printf("\n");
  }
  return {};
}

}  // namespace
}  // namespace sov::bench

int main(int argc, char** argv) {
  const auto result = sov::bench::run({argv + 1, argv + argc});
  if (!result) std::fprintf(stderr, "%s\n", result.error().text().c_str());
  return result ? 0 : exit_status(result.error().code());
}
