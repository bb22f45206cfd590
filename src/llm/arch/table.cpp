#include "llm/arch/table.h"

#include <array>

namespace sov::llm {

Architecture llama();
Architecture mistral();
Architecture qwen2();
Architecture qwen3();
Architecture phi3();
Architecture gemma();
Architecture gemma2();
Architecture gemma3();
Architecture gpt2();

std::span<const Architecture> architectures() {
  static const std::array kTable = {
      llama(), mistral(), qwen2(), qwen3(), phi3(), gemma(), gemma2(), gemma3(), gpt2(),
  };
  return kTable;
}

namespace {

tl::unexpected<Error> unknown(std::string_view asked, std::string_view where) {
  std::string names;
  for (const Architecture& a : architectures()) names += (names.empty() ? "" : ", ") + std::string(a.name);
  return fail(Code::unsupported, "{}: architecture '{}' is not built; there are {}", where, asked, names);
}

}  // namespace

Result<const Architecture*> find_by_huggingface(const Json& config) {
  const Json* classes = config.find("architectures");
  if (classes && classes->is_array() && !classes->items().empty() && classes->items()[0].is_string()) {
    const std::string& name = classes->items()[0].string();
    for (const Architecture& a : architectures()) {
      if (a.class_name == name) return &a;
    }
    // Models without a head ("Qwen2Model") and other heads are told from one another by model_type alone.
    if (!name.ends_with("Model")) return unknown(name, "config.json");
  }
  TRY(const std::string type, with(config.get_string("model_type"), "config.json"));
  for (const Architecture& a : architectures()) {
    if (a.model_type == type) return &a;
  }
  return unknown(type, "config.json");
}

Result<const Architecture*> find_by_gguf(const Json& metadata) {
  TRY(const std::string name, with(metadata.get_string("general.architecture"), "GGUF metadata"));
  // GGUF has no name for Mistral: it is llama with a window.
  if (name == "llama" && metadata.find("llama.attention.sliding_window")) return find_by_name("mistral");
  for (const Architecture& a : architectures()) {
    if (a.gguf_name == name) return &a;
  }
  return unknown(name, "GGUF metadata");
}

Result<const Architecture*> find_by_name(std::string_view name) {
  for (const Architecture& a : architectures()) {
    if (name == a.name || name == a.model_type || name == a.class_name) return &a;
  }
  return unknown(name, "APR metadata");
}

}  // namespace sov::llm
