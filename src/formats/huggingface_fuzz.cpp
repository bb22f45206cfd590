// A Hugging Face folder: the input is cut at bytes 0xFF (which no JSON holds) into the index, the
// configuration and the tokenizer's files beside two fixed shards. Whatever opens has its tensors inside the
// shards.

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <unistd.h>

#include "formats/fuzz_model.h"
#include "formats/model_file.h"

namespace {

using namespace sov::formats;
namespace fs = std::filesystem;

constexpr std::array<std::string_view, 7> kFiles = {"model.safetensors.index.json",
                                                    "config.json",
                                                    "tokenizer.json",
                                                    "tokenizer_config.json",
                                                    "special_tokens_map.json",
                                                    "generation_config.json",
                                                    "chat_template.jinja"};

std::string shard(std::string_view tensor) {
  const std::string json =
      sov::strf(R"({{"{}":{{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}}})", tensor);
  std::string file(8, '\0');
  file[0] = static_cast<char>(json.size());
  return file + json + std::string(8, '\1');
}

/// In memory where the machine has a folder that is.
fs::path scratch() {
  const fs::path memory = "/dev/shm";
  return fs::is_directory(memory) ? memory : fs::temp_directory_path();
}

/// A folder of this process, removed at its end.
struct Folder {
  Folder() : path(scratch() / sov::strf("{}-{}", kFuzzName, ::getpid())) {
    fs::create_directories(path);
    put("a.safetensors", shard("a"));
    put("b.safetensors", shard("b"));
  }
  ~Folder() { fs::remove_all(path); }
  /// Not the library's atomic write: its fsync and its renaming would be most of an execution's time.
  void put(std::string_view name, std::string_view text) {
    std::string& last = contents[name];
    if (last == text && !text.empty()) return;
    std::ofstream file(path / name, std::ios::binary | std::ios::trunc);
    file << text;
    CHECK(file.flush().good());
    last = text;
  }
  fs::path path;
  std::map<std::string_view, std::string> contents;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static Folder folder;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  for (const std::string_view name : kFiles) {
    const size_t cut = std::min(rest.find('\xFF'), rest.size());
    folder.put(name, rest.substr(0, cut));
    rest.remove_prefix(std::min(cut + 1, rest.size()));
  }
  const auto model = open_model(folder.path);
  if (model) {
    check_model(**model, {});
  } else if (model.error().code() != sov::Code::not_found) {  // of a shard that the index names
    check_refusal(model.error());
  }
  return 0;
}
