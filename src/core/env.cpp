#include "core/env.h"

#include <array>
#include <cstdlib>

#include "core/check.h"

namespace sov {
namespace {

constexpr std::array kTable{
    EnvVariable{"SOV_TARGET", "SIMD target to use: sse4, avx2 or avx512; neon; simd128",
                "the best the processor has"},
    EnvVariable{"SOV_THREADS", "threads for computing", "one per core"},
    EnvVariable{"SOV_LOG", "log level: error, warn, info, debug", "warn"},
    EnvVariable{"SOV_LOG_FORMAT", "log lines as text or json", "text"},
    EnvVariable{"SOV_MODELS", "folder of the built-in models", "models/ beside or above the program"},
    EnvVariable{"SOV_DEVICE", "compute device: cpu, strict or ref", "cpu"},
    EnvVariable{"NO_COLOR", "any value turns colour off", "colour on terminals"},
    EnvVariable{"HOME", "where chat history lives", "the current folder"},
    EnvVariable{"XDG_STATE_HOME", "state root (chat history)", "$HOME/.local/state"},
    EnvVariable{"TERM", "terminal type; dumb turns line editing and colour off", "dumb"},
};

}  // namespace

std::span<const EnvVariable> env_table() { return kTable; }

std::optional<std::string> env(std::string_view name) {
  for (const EnvVariable& variable : kTable) {
    if (variable.name != name) continue;
    const char* value = std::getenv(std::string(name).c_str());
    if (value == nullptr || *value == '\0') return std::nullopt;
    return value;
  }
  check_failed("variable is in the table of core/env.cpp", __FILE__, __LINE__);
}

}  // namespace sov
