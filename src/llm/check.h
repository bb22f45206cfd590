#pragma once
// Does a model file hold a working model? Ten stages look at the file, twelve at how the model behaves.

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compute/device.h"

namespace sov::llm {

enum class StageStatus { passed, failed, skipped };
std::string_view status_name(StageStatus status);

/// What one stage found. A stage that could not run is `skipped` and says why; it never counts as passed.
struct StageResult {
  std::string name;
  std::string group;  // "file" or "model"
  StageStatus status = StageStatus::skipped;
  std::string details;
  double seconds = 0;
};

struct CheckOptions {
  std::vector<std::string> skip = {};  // stages not to run, by name
  const std::atomic<bool>* cancel = nullptr;
  /// Called before each stage.
  std::function<void(std::string_view name, size_t index, size_t total)> on_stage = {};
};

/// The stages in order: name and what each tests.
struct StageInfo {
  std::string_view name, group, meaning;
};
std::span<const StageInfo> check_stages();

/// Runs all stages, also after a failure where what they need is there. A file that cannot be opened fails in
/// `magic` or `header`. Errors: not_found, io; usage for an unknown name in `skip`; cancelled.
Result<std::vector<StageResult>> check_model(const std::filesystem::path& path, compute::Device& device,
                                             const CheckOptions& options = {});

}  // namespace sov::llm
