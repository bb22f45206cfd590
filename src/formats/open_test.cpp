#include <filesystem>
#include <gtest/gtest.h>
#include <unistd.h>

#include "core/hash.h"
#include "formats/model_file.h"

namespace sov::formats {
namespace {

namespace fs = std::filesystem;

std::string digest(Bytes bytes) { return hex(sha256(bytes)); }

/// Files written by the PyPI packages gguf and safetensors (tools/golden/formats_fixtures.py).
class ReferenceFiles : public testing::TestWithParam<const char*> {};

TEST_P(ReferenceFiles, TensorForTensor) {
  const auto text = read_text("tests/data/formats/expected.json");
  ASSERT_TRUE(text) << text.error().text();
  const auto expected = parse_json(*text);
  ASSERT_TRUE(expected);
  const auto model = open_model(fs::path("tests/data/formats") / GetParam());
  ASSERT_TRUE(model) << model.error().text();
  const auto& wanted = expected->find(GetParam())->items();
  ASSERT_EQ((*model)->tensors.size(), wanted.size());
  for (const Json& want : wanted) {
    const Tensor* got = (*model)->find(want.find("name")->string());
    ASSERT_NE(got, nullptr) << want.dump();
    EXPECT_EQ(name(got->dtype), want.find("dtype")->string()) << got->name;
    Json shape = Json::array();
    for (uint64_t dim : got->shape) shape.push(dim);
    EXPECT_EQ(shape, *want.find("shape")) << got->name;
    EXPECT_EQ(digest(got->data), want.find("sha256")->string()) << got->name;
    const Bytes file = (*model)->files[got->file].bytes();
    EXPECT_EQ(got->data.data(), file.data() + got->offset);
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, ReferenceFiles,
                         testing::Values("sample.gguf", "sample.safetensors", "folder"));

TEST(OpenGguf, MetadataKeepsValuesAndTypes) {
  const auto model = open_model("tests/data/formats/sample.gguf");
  ASSERT_TRUE(model) << model.error().text();
  const Json& metadata = (*model)->metadata;
  EXPECT_EQ((*model)->variant, "GGUF v3");
  EXPECT_EQ(*metadata.find("sample.u64"), Json(UINT64_MAX));
  EXPECT_EQ(*metadata.find("sample.i64"), Json(INT64_MIN));
  EXPECT_EQ(metadata.find("sample.f32")->number(), 1e-6);
  EXPECT_EQ(metadata.find("sample.f64")->number(), 0.1);
  EXPECT_EQ(metadata.find("sample.bool")->boolean(), true);
  EXPECT_EQ(metadata.find("sample.string")->string(), "héllo, 世界");
  EXPECT_EQ(metadata.find("sample.strings")->dump(), R"(["a","","ccc"])");
  EXPECT_EQ(metadata.find("sample.ints")->dump(), "[1,-2,3]");
  EXPECT_EQ((*model)->gguf_types.size(), metadata.members().size());
  EXPECT_EQ((*model)->chat_template, "{{ messages }}");
  ASSERT_EQ((*model)->named_chat_templates.size(), 1U);
  EXPECT_EQ((*model)->named_chat_templates[0].first, "tool_use");
  EXPECT_EQ((*model)->tokenizer.kind, TokenizerSource::Kind::gguf);
  EXPECT_EQ((*model)->tokenizer.tokenizer.find("tokenizer.ggml.tokens")->items().size(), 3U);
  EXPECT_EQ((*model)->tokenizer.tokenizer.find("sample.u8"), nullptr);
}

TEST(OpenFolder, CompanionsAreRead) {
  const auto opened = open_model("tests/data/formats/folder");
  ASSERT_TRUE(opened) << opened.error().text();
  const ModelFile& model = **opened;
  EXPECT_EQ(model.variant, "SafeTensors, 2 shards");
  EXPECT_EQ(model.files.size(), 2U);
  EXPECT_EQ(model.metadata.dump(), R"({"format":"np"})");
  EXPECT_EQ(model.config.get_string("model_type").value(), "qwen2");
  EXPECT_EQ(model.generation_config.find("eos_token_id")->dump(), "[2,0]");
  EXPECT_EQ(model.tokenizer.kind, TokenizerSource::Kind::huggingface);
  EXPECT_EQ(model.tokenizer.tokenizer_config.get_string("eos_token").value(), "<eos>");
  EXPECT_EQ(model.tokenizer.tokenizer_config.get_string("unk_token").value(), "<unk>");
  EXPECT_EQ(model.chat_template, "D");
  EXPECT_EQ(model.named_chat_templates[0].second, "R");
  EXPECT_TRUE(model.warnings.empty());
}

TEST(OpenFolder, TheIndexFileAndItsFolderAreTheSameModel) {
  const auto folder = open_model("tests/data/formats/folder");
  const auto index = open_model("tests/data/formats/folder/model.safetensors.index.json");
  ASSERT_TRUE(folder && index) << index.error().text();
  ASSERT_EQ((*folder)->tensors.size(), (*index)->tensors.size());
  EXPECT_EQ((*folder)->config, (*index)->config);
}

class Refused : public testing::Test {
 protected:
  Refused() { fs::create_directories(folder_); }
  ~Refused() override { fs::remove_all(folder_); }
  Error error_of(const fs::path& path) {
    const auto model = open_model(path);
    return model ? Error(Code::internal, "opened") : model.error();
  }
  fs::path put(const std::string& name, std::string_view text) {
    EXPECT_TRUE(write_file(folder_ / name, text, Overwrite::yes));
    return folder_ / name;
  }
  fs::path folder_ = fs::temp_directory_path() / strf("sov-open-test-{}", ::getpid());
};

TEST_F(Refused, NothingThere) { EXPECT_EQ(error_of("no/such/model").code(), Code::not_found); }

TEST_F(Refused, EmptyFile) {
  const Error error = error_of(put("model.gguf", ""));
  EXPECT_EQ(error.code(), Code::corrupt);
  EXPECT_NE(error.message().find("empty file"), std::string::npos) << error.text();
}

TEST_F(Refused, FourMagicBytes) {
  const Error error = error_of(put("model.gguf", "GGUF"));
  EXPECT_EQ(error.code(), Code::corrupt);
  EXPECT_NE(error.message().find("@0x4: GGUF version: wanted 4 bytes, got 0"), std::string::npos)
      << error.text();
}

TEST_F(Refused, OtherContent) {
  const Error error = error_of(put("model.gguf", "PK\x03\x04 a zip"));
  EXPECT_NE(error.message().find("got bytes 'PK\\x03\\x04 a z'"), std::string::npos) << error.text();
}

TEST_F(Refused, FolderWithoutModel) {
  put("config.json", "{}");
  const Error error = error_of(folder_);
  EXPECT_EQ(error.code(), Code::not_found);
  EXPECT_NE(error.message().find("got none"), std::string::npos) << error.text();
}

TEST_F(Refused, FolderWithTwoModels) {
  put("a.gguf", "");
  put("b.gguf", "");
  EXPECT_EQ(error_of(folder_).code(), Code::usage);
}

TEST_F(Refused, ExtensionDoesNotDecide) {
  fs::copy_file("tests/data/formats/sample.gguf", folder_ / "model.safetensors");
  const auto model = open_model(folder_ / "model.safetensors");
  ASSERT_TRUE(model) << model.error().text();
  EXPECT_EQ((*model)->format, Format::gguf);
}

}  // namespace
}  // namespace sov::formats
