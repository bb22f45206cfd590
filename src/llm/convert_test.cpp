// Golden models of every architecture through every pair of formats.

#include "llm/convert.h"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "compute/quant.h"
#include "core/hash.h"
#include "llm/engine.h"

namespace sov::llm {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const fs::path kGolden = "tests/golden/llm";
const fs::path kTiny = "tests/data/tiny-qwen2/hf";

/// A folder that goes with the test.
class Scratch {
 public:
  Scratch() : path_(fs::path(testing::TempDir()) / strf("sov-convert-{}-{}", ::getpid(), count_++)) {
    fs::create_directories(path_);
  }
  ~Scratch() { fs::remove_all(path_); }
  fs::path operator/(std::string_view name) const { return path_ / name; }
  size_t entries() const {
    return static_cast<size_t>(std::distance(fs::directory_iterator(path_), fs::directory_iterator()));
  }

 private:
  static inline int count_ = 0;
  fs::path path_;
};

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Json must(const Result<Json>& result) {
  EXPECT_TRUE(result) << (result ? "" : result.error().text());
  return result ? *result : Json::object();
}

/// Every step verified: each tensor's bytes, the texts' ids, the greedy tokens.
Json converted(const fs::path& from, const fs::path& to, ConvertOptions options = {}) {
  const auto device = compute::make_ref_device();
  options.verify = true;
  options.verify_tokens = 16;
  return must(convert(from, to, *device, options));
}

class EveryArchitecture : public testing::TestWithParam<std::string> {};

TEST_P(EveryArchitecture, six_directions_keep_values_and_greedy_tokens) {
  const Scratch tmp;
  const fs::path folder = kGolden / GetParam();
  converted(folder, tmp / "a.gguf");
  converted(folder, tmp / "a.apr");
  converted(tmp / "a.gguf", tmp / "b.apr");
  converted(tmp / "a.apr", tmp / "b.gguf");
  converted(tmp / "b.apr", tmp / "from-gguf-apr");
  converted(tmp / "a.gguf", tmp / "from-gguf");
  const Json report = converted(tmp / "b.gguf", tmp / "from-apr-gguf");
  EXPECT_EQ(member(member(report, "verify"), "greedy_equal"), Json(true));
  // 1 + w is stored rounded to f32 in Gemma's GGUF files; all else comes back to the bit.
  const double tolerance = GetParam().starts_with("gemma") ? 2e-7 : 0;
  for (const char* back : {"from-gguf", "from-gguf-apr", "from-apr-gguf"}) {
    const Json difference = must(diff_tensors(folder, tmp / back, {.tolerance = tolerance}));
    EXPECT_EQ(member(difference, "identical"), Json(true)) << back << ": " << difference.dump();
    EXPECT_EQ(member(difference, "matched_by"), Json("role"));
  }
}

INSTANTIATE_TEST_SUITE_P(golden, EveryArchitecture,
                         testing::Values("qwen2", "qwen3", "llama", "mistral", "phi3", "phi3-longrope",
                                         "gemma", "gemma2", "gemma3", "gpt2", "gpt2-bare", "llama-biases"),
                         [](const auto& info) {
                           std::string name = info.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(Convert, gemma_scale_comes_back_as_the_integer_it_was) {
  for (const char* name : {"gemma2", "gemma2-caps", "gemma3"}) {
    const Scratch tmp;
    converted(kGolden / name, tmp / "a.gguf");
    converted(tmp / "a.gguf", tmp / "back");
    const Json wanted = must(parse_json(bytes_of(kGolden / name / "config.json")));
    const Json got = must(parse_json(bytes_of(tmp / "back" / "config.json")));
    EXPECT_TRUE(member(wanted, "query_pre_attn_scalar").is_integer()) << name;
    EXPECT_EQ(member(got, "query_pre_attn_scalar"), member(wanted, "query_pre_attn_scalar")) << name;
  }
}

/// A folder whose weights are another golden's.
void link_folder(const std::string& name, const fs::path& to) {
  fs::create_directories(to);
  fs::copy_file(kGolden / name / "config.json", to / "config.json");
  fs::create_symlink(fs::absolute(kGolden / "llama" / "model.safetensors"), to / "model.safetensors");
}

TEST(Convert, stretched_rope_keeps_its_meaning) {
  for (const char* name : {"llama-llama3", "llama-linear", "llama-yarn"}) {
    const Scratch tmp;
    link_folder(name, tmp / "in");
    converted(tmp / "in", tmp / "a.gguf");
    converted(tmp / "a.gguf", tmp / "back");
    EXPECT_EQ(member(must(diff_tensors(tmp / "in", tmp / "back")), "identical"), Json(true)) << name;
  }
}

TEST(Convert, what_gguf_cannot_say_is_refused_by_name) {
  const Scratch tmp;
  link_folder("llama-dynamic", tmp / "in");
  const auto device = compute::make_ref_device();
  const auto dynamic = convert(tmp / "in", tmp / "a.gguf", *device);
  ASSERT_FALSE(dynamic);
  EXPECT_EQ(dynamic.error().code(), Code::unsupported);
  EXPECT_THAT(dynamic.error().message(), HasSubstr("RoPE"));
  const auto window = convert(kGolden / "qwen2-window", tmp / "b.gguf", *device);
  ASSERT_FALSE(window);
  EXPECT_THAT(window.error().message(), HasSubstr("window"));
  link_folder("llama-yarn-mscale", tmp / "yarn");  // borders that are not rounded
  const auto yarn = convert(tmp / "yarn", tmp / "c.gguf", *device);
  ASSERT_FALSE(yarn);
  EXPECT_THAT(yarn.error().message(), HasSubstr("RoPE frequency"));
  EXPECT_FALSE(fs::exists(tmp / "a.gguf"));
  EXPECT_EQ(tmp.entries(), 2U);  // the two sources: nothing half-made either
}

TEST(Convert, files_of_other_writers_come_back_as_folders) {
  for (const char* name : {"qwen2", "llama-llama3", "gpt2", "phi3-longrope", "quant-q4_k", "quant-q8_0"}) {
    const Scratch tmp;
    const Json report = converted(kGolden / name / (std::string(name) + ".gguf"), tmp / "hf");
    EXPECT_TRUE(fs::exists(tmp / "hf" / "config.json")) << name;
    EXPECT_EQ(member(member(report, "target"), "format"), Json("safetensors")) << name;
  }
}

TEST(Convert, third_party_gguf_to_apr_and_back_keeps_quantised_bytes) {
  const Scratch tmp;
  const fs::path gguf = kGolden / "quant-q4_k" / "quant-q4_k.gguf";
  const Json to = converted(gguf, tmp / "a.apr");
  EXPECT_EQ(member(member(to, "verify"), "exact"), Json(true)) << member(to, "fallbacks").dump();
  converted(tmp / "a.apr", tmp / "b.gguf");
  EXPECT_EQ(member(must(diff_tensors(gguf, tmp / "b.gguf")), "identical"), Json(true));
}

TEST(Convert, tokenizer_template_and_ends_come_along) {
  const Scratch tmp;
  converted(kTiny, tmp / "a.apr");
  const Json report = converted(tmp / "a.apr", tmp / "back");
  EXPECT_EQ(member(member(report, "verify"), "tokenizer_equal"), Json(true));
  EXPECT_EQ(*parse_json(bytes_of(tmp / "back" / "config.json")),
            *parse_json(bytes_of(kTiny / "config.json")));
  EXPECT_EQ(bytes_of(tmp / "back" / "chat_template.jinja"), bytes_of(kTiny / "chat_template.jinja"));
  const auto model = Model::load(tmp / "back");
  ASSERT_TRUE(model);
  EXPECT_EQ((*model)->eos_ids().size(), 1U);
}

TEST(Convert, a_model_without_tokenizer_says_so) {
  const Scratch tmp;
  const Json report = converted(kGolden / "qwen3", tmp / "a.gguf");
  EXPECT_THAT(member(report, "warnings").dump(), HasSubstr("no tokenizer"));
  EXPECT_EQ(member(member(report, "carried"), "tokenizer"), Json(false));
}

TEST(Convert, quantised_values_are_those_of_the_encoder) {
  for (const char* dtype : {"q8_0", "f16", "bf16"}) {
    const Scratch tmp;
    const Json report = converted("models/nano", tmp / "a.gguf", {.quantize = dtype});
    EXPECT_EQ(member(member(report, "verify"), "exact"),
              Json(dtype == std::string_view("bf16")));  // its own dtype
    const auto file = formats::open_model(tmp / "a.gguf");
    ASSERT_TRUE(file);
    EXPECT_EQ(name((*file)->find("blk.0.attn_q.weight")->dtype), dtype);
    EXPECT_EQ((*file)->find("blk.0.attn_norm.weight")->dtype, DType::f32);
    if (dtype == std::string_view("q8_0")) {
      EXPECT_EQ(member((*file)->metadata, "general.file_type"), Json(7));
      EXPECT_EQ(member((*file)->metadata, "general.quantization_version"), Json(2));
    }
  }
}

TEST(Convert, rows_that_are_not_whole_blocks_fall_back_by_name) {
  const Scratch tmp;
  const Json report = converted(kTiny, tmp / "a.gguf", {.quantize = "q8_0"});  // rows of 48 and 80
  EXPECT_GT(member(report, "fallbacks").items().size(), 0U);
  EXPECT_THAT(member(report, "fallbacks").dump(),
              HasSubstr("rows of 48 values are not whole blocks of q8_0"));
}

TEST(Convert, bytes_do_not_depend_on_threads) {
  const Scratch tmp;
  std::string hashes[2];
  for (int i = 0; i < 2; i++) {
    const auto device = compute::make_cpu_device({.threads = i == 0 ? 1 : 4, .target = {}});
    ASSERT_TRUE(device);
    const fs::path out = tmp / strf("{}.gguf", i);
    must(convert("models/nano", out, **device, {.quantize = "q8_0"}));
    hashes[i] = hex(sha256(as_bytes(bytes_of(out))));
  }
  EXPECT_EQ(hashes[0], hashes[1]);
}

TEST(Convert, a_damaged_output_fails_verification_and_leaves_nothing) {
  const Scratch tmp;
  const auto device = compute::make_ref_device();
  const Scratch source;
  converted(kTiny, source / "in.gguf");
  for (const char* name : {"a.gguf", "a.apr", "folder"}) {
    const fs::path in = name == std::string_view("folder") ? source / "in.gguf" : kTiny;
    ConvertOptions options;
    options.verify = true;
    options.before_verify = [](const fs::path& staged) {
      const fs::path file = fs::is_directory(staged) ? staged / "model.safetensors" : staged;
      std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
      out.seekp(static_cast<std::streamoff>(fs::file_size(file) * 3 / 4));
      out.write("\x01\x02\x03", 3);
    };
    const auto damaged = convert(in, tmp / name, *device, options);
    ASSERT_FALSE(damaged) << name;
    EXPECT_EQ(exit_status(damaged.error().code()), name == std::string_view("a.apr") ? 4 : 5);
    EXPECT_EQ(tmp.entries(), 0U) << name;
  }
}

TEST(Convert, outputs_are_protected) {
  const Scratch tmp;
  const auto device = compute::make_ref_device();
  must(convert(kTiny, tmp / "a.gguf", *device));
  const auto again = convert(kTiny, tmp / "a.gguf", *device);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code(), Code::validation);
  must(convert(kTiny, tmp / "a.gguf", *device, {.overwrite = Overwrite::yes}));
  fs::create_directories(tmp / "precious");
  std::ofstream(tmp / "precious" / "thesis.txt") << "text";
  const auto folder = convert(tmp / "a.gguf", tmp / "precious", *device, {.overwrite = Overwrite::yes});
  ASSERT_FALSE(folder);
  EXPECT_THAT(folder.error().message(), HasSubstr("thesis.txt"));
  EXPECT_TRUE(fs::exists(tmp / "precious" / "thesis.txt"));
  const auto same = convert(tmp / "a.gguf", tmp / "b.gguf", *device);
  ASSERT_FALSE(same);
  EXPECT_EQ(same.error().code(), Code::usage);
  const auto foreign = convert(kTiny, tmp / "a.onnx", *device);
  ASSERT_FALSE(foreign);
  EXPECT_EQ(foreign.error().code(), Code::usage);
}

TEST(Convert, large_folders_come_in_shards) {
  const Scratch tmp;
  converted(kTiny, tmp / "a.gguf");
  converted(tmp / "a.gguf", tmp / "hf", {.max_shard_bytes = 100'000});
  EXPECT_TRUE(fs::exists(tmp / "hf" / "model.safetensors.index.json"));
  EXPECT_TRUE(fs::exists(tmp / "hf" / "model-00001-of-00003.safetensors"));
  EXPECT_EQ(member(must(diff_tensors(kTiny, tmp / "hf")), "identical"), Json(true));
}

TEST(Diff, tells_changed_missing_and_misshapen_tensors) {
  const Json other = must(diff_tensors(kTiny, kGolden / "qwen2"));
  EXPECT_EQ(member(other, "identical"), Json(false));
  EXPECT_GT(member(other, "difference_count").integer(), 0);
}

}  // namespace
}  // namespace sov::llm
