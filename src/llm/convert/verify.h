#pragma once
// Is the written file what was meant? Read again, compared tensor by tensor and by what both models say.

#include "core/threads.h"
#include "llm/convert.h"
#include "llm/convert/report.h"

namespace sov::llm {

/// Errors: validation when a tensor, a text's ids or (in a lossless conversion) a greedy token differs.
Result<Json> verify_output(const Source& source, const Plan& plan, const std::filesystem::path& staged,
                           ThreadPool& pool, compute::Device& device, const ConvertOptions& options);

}  // namespace sov::llm
