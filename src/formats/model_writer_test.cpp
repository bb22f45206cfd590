#include "formats/model_writer.h"

#include <cstring>
#include <filesystem>
#include <gtest/gtest.h>
#include <unistd.h>

#include "core/rng.h"

namespace sov::formats {
namespace {

namespace fs = std::filesystem;

/// Random bytes by tensor name; every tensor of a test is delivered in two parts.
class ModelWriter : public testing::Test {
 protected:
  ModelWriter() { fs::create_directories(folder_); }
  ~ModelWriter() override { fs::remove_all(folder_); }

  ModelSpec spec(std::vector<TensorSpec> tensors, Json metadata) {
    for (const TensorSpec& tensor : tensors) {
      uint64_t elements = 1;
      for (uint64_t dim : tensor.shape) elements *= dim;
      std::string& bytes = content_[tensor.name];
      bytes.resize(bytes_for(tensor.dtype, elements).value());
      for (char& c : bytes) c = static_cast<char>(rng_.next());
    }
    return {std::move(metadata), {}, std::move(tensors)};
  }

  TensorBytes producer() {
    return [this](const TensorSpec& tensor, const TensorSink& sink) -> Result<> {
      const std::string_view all = content_[tensor.name];
      TRY(sink(as_bytes(all.substr(0, all.size() / 3))));
      return sink(as_bytes(all.substr(all.size() / 3)));
    };
  }

  std::unique_ptr<ModelFile> round_trip(Format format, const ModelSpec& spec) {
    const fs::path path = folder_ / "model";
    const auto written = write_model(format, path, spec, producer(), Overwrite::yes);
    EXPECT_TRUE(written) << written.error().text();
    auto model = open_model(path, {.verify = Verify::all});
    EXPECT_TRUE(model) << model.error().text();
    if (!model) return std::make_unique<ModelFile>();
    EXPECT_EQ((*model)->format, format);
    EXPECT_EQ((*model)->tensors.size(), spec.tensors.size());
    EXPECT_TRUE((*model)->warnings.empty()) << (*model)->warnings[0];
    for (const TensorSpec& want : spec.tensors) {
      const Tensor* got = (*model)->find(want.name);
      EXPECT_NE(got, nullptr) << want.name;
      if (got == nullptr) continue;
      EXPECT_EQ(got->dtype, want.dtype) << want.name;
      EXPECT_EQ(got->shape, want.shape) << want.name;
      EXPECT_EQ(as_text(got->data), content_[want.name]) << want.name;
    }
    return std::move(*model);
  }

  Error error_of(Format format, const ModelSpec& spec) {
    const auto written = write_model(format, folder_ / "refused", spec, producer(), Overwrite::yes);
    EXPECT_FALSE(fs::exists(folder_ / "refused"));
    return written ? Error(Code::internal, "written") : written.error();
  }

  fs::path folder_ = fs::temp_directory_path() / strf("sov-writer-test-{}", ::getpid());
  std::map<std::string, std::string> content_;
  Rng rng_{7};
};

Json rich_metadata() {
  Json metadata = Json::object();
  metadata.set("general.architecture", "qwen2")
      .set("qwen2.block_count", 2)
      .set("qwen2.rope.freq_base", 10000);
  metadata.set("qwen2.attention.layer_norm_rms_epsilon", 1e-6)
      .set("x.pi", 3.141592653589793)
      .set("x.no", false);
  metadata.set("x.negative", -7).set("x.large", int64_t{1} << 40).set("x.huge", UINT64_MAX);
  metadata.set("x.list", Json::Array{Json(1), Json(-2)}).set("x.reals", Json::Array{Json(0.5), Json(2)});
  metadata.set("tokenizer.ggml.merges", Json::array()).set("x.texts", Json::Array{Json("a"), Json("\xff")});
  return metadata;
}

TEST_F(ModelWriter, GgufRoundTrip) {
  const ModelSpec written = spec({{"b.weight", DType::q4_k, {3, 512}},
                                  {"a.weight", DType::f16, {2, 3, 5}},
                                  {"scalar", DType::f64, {}},
                                  {"c", DType::q8_0, {1, 32}}},
                                 rich_metadata());
  const auto model = round_trip(Format::gguf, written);
  for (const Tensor& tensor : model->tensors) EXPECT_EQ(tensor.offset % 32, 0U);
  EXPECT_EQ(model->tensors[0].name, "b.weight");  // order is kept
  const std::map<std::string, GgufValueType> wanted = {
      {"qwen2.block_count", {GgufType::u32, GgufType::u32}},
      {"qwen2.rope.freq_base", {GgufType::f32, GgufType::f32}},
      {"qwen2.attention.layer_norm_rms_epsilon", {GgufType::f32, GgufType::f32}},
      {"x.pi", {GgufType::f64, GgufType::f64}},
      {"x.negative", {GgufType::i32, GgufType::i32}},
      {"x.large", {GgufType::u64, GgufType::u64}},
      {"x.huge", {GgufType::u64, GgufType::u64}},
      {"x.list", {GgufType::array, GgufType::i32}},
      {"x.reals", {GgufType::array, GgufType::f32}},
      {"tokenizer.ggml.merges", {GgufType::array, GgufType::string}}};
  for (size_t i = 0; i < model->gguf_types.size(); i++) {
    const auto& [key, value] = model->metadata.members()[i];
    if (wanted.contains(key)) {
      EXPECT_EQ(model->gguf_types[i].type, wanted.at(key).type) << key;
      if (value.is_array()) {
        EXPECT_EQ(model->gguf_types[i].element, wanted.at(key).element) << key;
      }
    }
    if (key != "qwen2.rope.freq_base" && key != "x.reals") {
      EXPECT_EQ(value, *written.metadata.find(key)) << key;
    }
  }
}

TEST_F(ModelWriter, GgufAlignmentKeyIsObeyed) {
  const auto model = round_trip(Format::gguf, spec({{"a", DType::i8, {5}}, {"b", DType::i8, {5}}},
                                                   Json::object().set("general.alignment", 256)));
  EXPECT_EQ(model->tensors[1].offset - model->tensors[0].offset, 256U);
}

TEST_F(ModelWriter, SafetensorsRoundTrip) {
  const auto model =
      round_trip(Format::safetensors, spec({{"b", DType::f16, {3, 2}},
                                            {"a", DType::f16, {7}},
                                            {"empty", DType::f32, {0, 4}},
                                            {"scalar", DType::i64, {}},
                                            {"flag", DType::boolean, {3}}},
                                           Json::object().set("format", "pt").set("quote", "\"é\n")));
  EXPECT_EQ(model->metadata.dump(), "{\"format\":\"pt\",\"quote\":\"\\\"é\\n\"}");
}

TEST_F(ModelWriter, AprRoundTrip) {
  const Json metadata =
      Json::object().set("architecture", "qwen2").set("tokenizer.vocabulary", Json::Array{Json("a")});
  const auto model = round_trip(Format::apr, spec({{"b.weight", DType::q4_k, {3, 512}},
                                                   {"a.weight", DType::bf16, {2, 3, 5}},
                                                   {"q6", DType::q6_k, {256}},
                                                   {"z", DType::apr_q4, {2, 32}},
                                                   {"scalar", DType::f64, {}}},
                                                  metadata));
  EXPECT_EQ(model->variant, "APR v2.0");
  EXPECT_EQ(model->metadata, metadata);
  EXPECT_EQ(model->tokenizer.kind, TokenizerSource::Kind::apr);
  ASSERT_EQ(model->checksums.size(), 2U);
  for (const auto& checksum : model->checksums) EXPECT_EQ(checksum.state, ModelFile::Checksum::State::good);
  for (const Tensor& tensor : model->tensors) EXPECT_EQ(tensor.offset % 64, 0U);
  const Bytes file = model->files[0].bytes();
  EXPECT_EQ(file.size() % 64, 4U);
  uint16_t flags = 0;
  std::memcpy(&flags, file.data() + 6, sizeof flags);
  EXPECT_EQ(flags, 0x0400 | 0x0200 | 0x0020);  // ROW_MAJOR, HAS_VOCAB, QUANTIZED
}

TEST_F(ModelWriter, EmptyModelsRoundTrip) {
  for (Format format : {Format::gguf, Format::safetensors, Format::apr})
    round_trip(format, spec({}, Json::object()));
}

// The reference package's own file comes out again byte for byte.
TEST_F(ModelWriter, SafetensorsAsTheReferenceWritesThem) {
  const auto model = open_model("tests/data/formats/sample.safetensors");
  ASSERT_TRUE(model) << model.error().text();
  ASSERT_TRUE(write_model(Format::safetensors, folder_ / "again", spec_of(**model).value(), bytes_of(**model),
                          Overwrite::no));
  EXPECT_EQ(read_text(folder_ / "again").value(), read_text("tests/data/formats/sample.safetensors").value());
}

// Key order, value types and tensors of the reference writer's GGUF come out again byte for byte.
TEST_F(ModelWriter, GgufAsTheReferenceWritesThem) {
  const auto model = open_model("tests/data/formats/sample.gguf");
  ASSERT_TRUE(model) << model.error().text();
  ASSERT_TRUE(write_model(Format::gguf, folder_ / "again", spec_of(**model).value(), bytes_of(**model),
                          Overwrite::no));
  EXPECT_EQ(read_text(folder_ / "again").value(), read_text("tests/data/formats/sample.gguf").value());
}

TEST_F(ModelWriter, RefusesWhatAFormatCannotHold) {
  EXPECT_EQ(error_of(Format::apr, spec({{"a", DType::q8_0, {32}}}, Json::object())).code(),
            Code::unsupported);
  EXPECT_EQ(error_of(Format::safetensors, spec({{"a", DType::q4_k, {256}}}, Json::object())).code(),
            Code::unsupported);
  EXPECT_EQ(error_of(Format::gguf, spec({{"a", DType::u16, {2}}}, Json::object())).code(), Code::unsupported);
  EXPECT_EQ(error_of(Format::gguf, spec({{std::string(64, 'n'), DType::f32, {2}}}, Json::object())).code(),
            Code::validation);
  EXPECT_EQ(error_of(Format::gguf, spec({{"a", DType::f32, {1, 1, 1, 1, 2}}}, Json::object())).code(),
            Code::validation);
  EXPECT_EQ(error_of(Format::gguf, spec({}, Json::object().set("k", Json::object()))).code(),
            Code::validation);
  EXPECT_EQ(error_of(Format::gguf, spec({}, Json::object().set("k", Json::Array{Json(1), Json("a")}))).code(),
            Code::validation);
  EXPECT_EQ(error_of(Format::safetensors, spec({}, Json::object().set("k", 1))).code(), Code::validation);
  EXPECT_EQ(
      error_of(Format::apr, spec({{"a", DType::i8, {1}}, {"a", DType::i8, {1}}}, Json::object())).code(),
      Code::validation);
  EXPECT_EQ(error_of(Format::gguf, {Json::object(), {}, {{"a", DType::q4_k, {2, 128}}}}).code(),
            Code::validation);
}

TEST_F(ModelWriter, TooFewOrTooManyBytesLeaveNoFile) {
  for (const size_t size : {3U, 5U}) {
    ModelSpec s = spec({{"a", DType::i8, {4}}}, Json::object());
    content_["a"].assign(size, 'x');
    const Error error = error_of(Format::apr, s);
    EXPECT_EQ(error.code(), Code::validation);
    EXPECT_NE(error.message().find("tensor 'a': wanted 4 bytes, got"), std::string::npos) << error.text();
  }
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(ModelWriter, AValueOutsideItsTypeIsRefused) {
  ModelSpec s = spec({}, Json::object().set("k", 300));
  s.gguf_types = {{GgufType::u8, GgufType::u8}};
  EXPECT_NE(error_of(Format::gguf, s).message().find("key 'k': wanted a value of type u8, got 300"),
            std::string::npos);
}

}  // namespace
}  // namespace sov::formats
