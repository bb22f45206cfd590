#include "llm/arch/describe.h"

#include "llm/arch/table.h"

namespace sov::llm {
namespace {

Result<Description> from_huggingface(const formats::ModelFile& file) {
  if (!file.config.is_object()) {
    return fail(Code::model, "{}: no config.json beside the tensors, so their architecture is unknown",
                file.path.string());
  }
  TRY(const Architecture* architecture, find_by_huggingface(file.config));
  return Description{architecture, file.config};
}

Result<Description> from_gguf(const formats::ModelFile& file) {
  TRY(const Architecture* architecture, find_by_gguf(file.metadata));
  TRY(Json config, config_from_gguf(*architecture, file));
  return Description{architecture, std::move(config)};
}

Result<Description> from_apr(const formats::ModelFile& file) {
  // Our own files keep config.json whole.
  if (const Json* config = file.metadata.find("hf_config"); config && config->is_object()) {
    TRY(const Architecture* architecture, find_by_huggingface(*config));
    return Description{architecture, *config};
  }
  TRY(const std::string name, with(file.metadata.get_string("architecture"), "APR metadata"));
  TRY(const Architecture* architecture, find_by_name(name));
  TRY(Json config, config_from_apr(*architecture, file));
  return Description{architecture, std::move(config)};
}

}  // namespace

Result<Description> describe(const formats::ModelFile& file) {
  switch (file.format) {
    case formats::Format::safetensors:
      return from_huggingface(file);
    case formats::Format::gguf:
      return from_gguf(file);
    case formats::Format::apr:
      return from_apr(file);
  }
  return fail(Code::internal, "unknown format");
}

}  // namespace sov::llm
