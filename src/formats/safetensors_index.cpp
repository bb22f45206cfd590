// Shards of a SafeTensors model, as model.safetensors.index.json lists them.

#include <unordered_map>

#include "formats/safetensors.h"

namespace sov::formats {
namespace {

constexpr uint64_t kMaxIndexBytes = 100'000'000;
constexpr JsonLimits kIndexLimits = {.max_depth = 16, .reject_duplicate_keys = true};

bool is_plain_file_name(std::string_view name) {
  return !name.empty() && name != "." && name != ".." &&
         name.find_first_of(std::string_view("/\\\0", 3)) == name.npos;
}

/// tensor name -> shard number; shards in order of first mention.
struct WeightMap {
  std::vector<std::string> shards;
  std::unordered_map<std::string, uint32_t> shard_of;
};

Result<WeightMap> read_weight_map(const std::string& file, const Json& json) {
  const Json* entries = json.find("weight_map");
  if (entries == nullptr || !entries->is_object()) {
    return fail(Code::corrupt, "{} @0x0: wanted an object \"weight_map\", got {}", file,
                entries == nullptr ? "none" : entries->kind_phrase());
  }
  WeightMap map;
  std::unordered_map<std::string, uint32_t> number_of;
  for (const auto& [tensor, shard] : entries->members()) {
    if (!shard.is_string() || !is_plain_file_name(shard.string())) {
      return fail(Code::corrupt, "{} @0x0: tensor '{}': wanted a plain file name as its shard, got {}", file,
                  tensor, shard.dump());
    }
    const auto [it, is_new] = number_of.emplace(shard.string(), static_cast<uint32_t>(map.shards.size()));
    if (is_new) map.shards.push_back(shard.string());
    map.shard_of.emplace(tensor, it->second);
  }
  if (map.shards.empty())
    return fail(Code::corrupt, "{} @0x0: wanted shards in \"weight_map\", got none", file);
  return map;
}

Result<> check_weight_map(const std::string& file, const WeightMap& map, const ModelFile& model) {
  std::unordered_map<std::string_view, uint32_t> found;
  for (const Tensor& tensor : model.tensors) {
    const auto [it, is_new] = found.emplace(tensor.name, tensor.file);
    if (!is_new) {
      return fail(Code::corrupt, "{} @0x0: tensor '{}': wanted in one shard, got it in {} and {}", file,
                  tensor.name, map.shards[it->second], map.shards[tensor.file]);
    }
    const auto listed = map.shard_of.find(tensor.name);
    if (listed == map.shard_of.end()) {
      return fail(Code::corrupt, "{} @0x0: tensor '{}' of {}: wanted in the weight map, got no entry", file,
                  tensor.name, map.shards[tensor.file]);
    }
    if (listed->second != tensor.file) {
      return fail(Code::corrupt, "{} @0x0: tensor '{}': wanted in {}, got it in {}", file, tensor.name,
                  map.shards[listed->second], map.shards[tensor.file]);
    }
  }
  for (const auto& [tensor, shard] : map.shard_of) {
    if (!found.contains(tensor)) {
      return fail(Code::corrupt, "{} @0x0: tensor '{}': wanted in {}, got no such tensor there", file, tensor,
                  map.shards[shard]);
    }
  }
  return {};
}

}  // namespace

Result<> open_safetensors_index(const std::filesystem::path& index, ModelFile& model) {
  TRY(const std::string text, read_text(index, kMaxIndexBytes));
  const std::string name = index.string();
  TRY(const Json json, parse_json(text, {.file = name, .offset = 0, .what = ""}, kIndexLimits));
  TRY(const WeightMap map, read_weight_map(name, json));
  for (uint32_t i = 0; i < map.shards.size(); i++) {
    TRY(MappedFile file, MappedFile::open(index.parent_path() / map.shards[i]));
    model.files.push_back(std::move(file));
    const MappedFile& opened = model.files.back();
    TRY(read_safetensors(opened.bytes(), opened.path().string(), i, model));
  }
  TRY(check_weight_map(name, map, model));
  model.variant = strf("SafeTensors, {} shard{}", map.shards.size(), map.shards.size() == 1 ? "" : "s");
  return {};
}

}  // namespace sov::formats
