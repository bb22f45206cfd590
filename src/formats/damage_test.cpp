// Sound files cut short and with flipped bits: a damaged file never passes for a whole one.

#include <algorithm>
#include <gtest/gtest.h>
#include <unistd.h>

#include "formats/model_file.h"
#include "formats/model_writer.h"

namespace sov::formats {
namespace {

namespace fs = std::filesystem;

constexpr OpenOptions kAll = {.verify = Verify::all, .max_decompressed = 1 << 24};

struct Sound {
  std::string name;
  std::string bytes;
};

std::string written(Format format) {
  const fs::path path = fs::temp_directory_path() / strf("sov-damage-test-{}", ::getpid());
  ModelSpec spec;
  spec.tensors = {{"a", DType::f32, {3, 5}}, {"b", DType::i8, {7}}};
  spec.metadata.set("name", "x");
  const TensorBytes bytes = [](const TensorSpec& tensor, const TensorSink& sink) {
    return sink(as_bytes(std::string(tensor.name == "a" ? 60 : 7, '\x3D')));
  };
  EXPECT_TRUE(write_model(format, path, spec, bytes, Overwrite::yes));
  std::string text = read_text(path).value();
  fs::remove(path);
  return text;
}

/// Every legal single file among the fixtures, the reference packages' samples, and our writers' output.
std::vector<Sound> sound_files() {
  const fs::path folder = "tests/data/malformed";
  std::vector<Sound> files;
  const Json rows = parse_json(read_text(folder / "cases.json").value()).value();
  for (const Json& row : rows.items()) {
    const fs::path path = folder / row.find("file")->string();
    if (row.find("code")->string() == "ok" && fs::is_regular_file(path)) {
      files.push_back({row.find("file")->string(), read_text(path).value()});
    }
  }
  for (const char* name : {"sample.gguf", "sample.safetensors"}) {
    files.push_back({name, read_text(fs::path("tests/data/formats") / name).value()});
  }
  for (const Format format : {Format::gguf, Format::safetensors, Format::apr}) {
    files.push_back({strf("written.{}", format_name(format)), written(format)});
  }
  return files;
}

/// Bytes without which the model is not whole. Beyond them these formats have padding, or no end mark at all.
uint64_t needed(const Sound& file, const ModelFile& model) {
  uint64_t tensors_end = 0;
  for (const Tensor& tensor : model.tensors) {
    tensors_end = std::max(tensors_end, tensor.offset + tensor.data.size());
  }
  // A GGUF file is padded after its last tensor, if at all.
  if (model.format == Format::gguf && !model.tensors.empty()) return tensors_end;
  // Layers come first; pairs of key and value follow up to wherever the file ends.
  if (model.variant == "APR layered") return tensors_end;
  // "The rest of the file" is one mass of unnamed weights.
  if (model.variant.starts_with("APR transformer")) return 64;
  // v2 files without a header checksum are not the reference writer's: they may end where their tensors end.
  const bool no_checksum = std::any_of(
      model.warnings.begin(), model.warnings.end(),
      [](const std::string& warning) { return warning.find("no header checksum") != std::string::npos; });
  return no_checksum ? tensors_end : file.bytes.size();
}

TEST(Damage, ACutFileNeverPassesForAWholeOne) {
  size_t cuts = 0;
  for (const Sound& file : sound_files()) {
    const auto whole = parse_model(as_bytes(file.bytes), file.name, kAll);
    ASSERT_TRUE(whole) << whole.error().text();
    const uint64_t least = needed(file, **whole);
    for (size_t size = 0; size < file.bytes.size(); size++) {
      // A copy of just that size, so that a sanitizer sees a read beyond it.
      const std::string cut(file.bytes, 0, size);
      const auto model = parse_model(as_bytes(cut), file.name, kAll);
      cuts++;
      if (!model) {
        EXPECT_NE(model.error().message().find("wanted"), std::string::npos) << model.error().text();
        continue;
      }
      EXPECT_GE(size, least) << file.name << " cut to " << size << " of " << file.bytes.size();
    }
  }
  EXPECT_GT(cuts, 10'000U);
}

/// Formats with a checksum over everything.
bool is_checksummed(const ModelFile& model) {
  return model.format == Format::apr && !model.checksums.empty() &&
         std::all_of(model.checksums.begin(), model.checksums.end(),
                     [](const auto& checksum) { return checksum.state == ModelFile::Checksum::State::good; });
}

TEST(Damage, EveryFlippedBitOfAChecksummedFileIsFound) {
  size_t files = 0;
  for (const Sound& file : sound_files()) {
    const auto whole = parse_model(as_bytes(file.bytes), file.name, kAll);
    ASSERT_TRUE(whole) << whole.error().text();
    if (!is_checksummed(**whole)) continue;
    files++;
    std::string bytes = file.bytes;
    for (size_t i = 0; i < bytes.size(); i++) {
      for (int bit = 0; bit < 8; bit++) {
        bytes[i] = static_cast<char>(file.bytes[i] ^ (1 << bit));
        const auto model = parse_model(as_bytes(bytes), file.name, kAll);
        if (!model) continue;
        // Some bits of a compressed stream do not matter; its content is what the checksum is about.
        EXPECT_FALSE((*model)->decompressed.empty()) << file.name << ": bit " << bit << " of byte " << i;
        EXPECT_EQ((*model)->decompressed, (*whole)->decompressed)
            << file.name << ": bit " << bit << " of byte " << i;
      }
      bytes[i] = file.bytes[i];
    }
  }
  EXPECT_GT(files, 20U);
}

}  // namespace
}  // namespace sov::formats
