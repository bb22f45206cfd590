#include <cmath>
#include <cstring>
#include <gtest/gtest.h>

#include "formats/model_file.h"

namespace sov::formats {
namespace {

using State = ModelFile::Checksum::State;

std::unique_ptr<ModelFile> open_all(const std::string& name) {
  auto model = open_model("tests/data/apr/" + name, {.verify = Verify::all});
  EXPECT_TRUE(model) << model.error().text();
  return model ? std::move(*model) : std::make_unique<ModelFile>();
}

size_t count_nan(const ModelFile& model) {
  size_t count = 0;
  for (const Tensor& tensor : model.tensors) {
    for (size_t i = 0; i < tensor.data.size(); i += sizeof(float)) {
      float v = 0;
      std::memcpy(&v, tensor.data.data() + i, sizeof v);
      count += std::isnan(v);
    }
  }
  return count;
}

// The two course samples: sizes and NaN counts as read from their bytes with Python.
TEST(RealApr, SampleMlp) {
  const auto model = open_all("sample-mlp.apr");
  EXPECT_EQ(model->variant, "APR1 JSON");
  ASSERT_EQ(model->tensors.size(), 4U);
  EXPECT_EQ(model->tensors[0].name, "layer.0.weight");
  EXPECT_EQ(model->tensors[0].shape, (std::vector<uint64_t>{128, 64}));
  EXPECT_EQ(model->tensors[0].offset, 451U);
  EXPECT_EQ(model->total_bytes(), 9610U * 4);
  EXPECT_EQ(count_nan(*model), 39U);
  ASSERT_EQ(model->checksums.size(), 1U);
  EXPECT_EQ(model->checksums[0].state, State::good);
  EXPECT_EQ(model->metadata.get_string("model_type").value(), "mlp");
}

TEST(RealApr, SampleTransformer) {
  const auto model = open_all("sample-transformer.apr");
  EXPECT_EQ(model->variant, "APR1 JSON");
  EXPECT_EQ(model->tensors.size(), 7U);
  EXPECT_EQ(model->total_bytes(), 1042432U * 4);
  EXPECT_EQ(count_nan(*model), 4026U);
  EXPECT_EQ(model->checksums.at(0).state, State::good);
}

TEST(RealApr, ShellBaseIsDescribedWithoutTensors) {
  const auto model = open_all("aprender-shell-base.apr");
  EXPECT_EQ(model->variant, "APRN v1, n-gram language model");
  EXPECT_TRUE(model->tensors.empty());
  EXPECT_EQ(model->metadata.get_string("model_name").value(), "aprender-shell");
  const Json& header = *model->metadata.find("aprn");
  EXPECT_EQ(header.get_string("codec").value(), "zstd");
  EXPECT_EQ(header.get_int("payload_bytes").value(), 9226);
  EXPECT_EQ(header.get_int("uncompressed_bytes").value(), 33824);
  EXPECT_EQ(model->checksums.at(0).state, State::good);
  ASSERT_EQ(model->warnings.size(), 1U);
  EXPECT_NE(model->warnings[0].find("not named tensors"), std::string::npos);
}

TEST(RealApr, MnistIsDescribedWithoutTensors) {
  const auto model = open_all("mnist_784x2.apr");
  EXPECT_EQ(model->variant, "APRN v1, logistic regression");
  EXPECT_EQ(model->metadata.find("aprn")->get_string("codec").value(), "none");
  EXPECT_EQ(model->metadata.get_string("aprender_version").value(), "0.11.0");
  EXPECT_EQ(model->checksums.at(0).state, State::good);
}

TEST(RealApr, SentimentLayers) {
  const auto model = open_all("sentiment_mini.apr");
  EXPECT_EQ(model->variant, "APR layered");
  EXPECT_EQ(model->metadata.get_string("model_type").value(), "sentiment_classifier");
  EXPECT_EQ(model->metadata.get_string("accuracy").value(), "0.87");
  ASSERT_EQ(model->tensors.size(), 4U);
  EXPECT_EQ(model->tensors[0].name, "layers.0.weight");
  EXPECT_EQ(model->tensors[0].shape, (std::vector<uint64_t>{50, 16}));
  EXPECT_EQ(count_nan(*model), 0U);
  EXPECT_EQ(model->checksums.at(0).state, State::absent);
}

TEST(RealApr, FileChecksumIsUncheckedUnlessAskedFor) {
  const auto model = open_model("tests/data/apr/sample-mlp.apr");
  ASSERT_TRUE(model);
  EXPECT_EQ((*model)->checksums.at(0).state, State::unchecked);
}

TEST(RealApr, AFlippedBitIsFoundWhenAskedFor) {
  auto text = read_text("tests/data/apr/sample-mlp.apr").value();
  text[5000] = static_cast<char>(text[5000] ^ 1);
  EXPECT_TRUE(parse_model(as_bytes(text), "flipped.apr"));
  const auto model = parse_model(as_bytes(text), "flipped.apr", {.verify = Verify::all});
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code(), Code::corrupt);
  EXPECT_NE(model.error().message().find("flipped.apr @0x97eb: file CRC-32: wanted 0x287b0558"),
            std::string::npos)
      << model.error().text();
}

}  // namespace
}  // namespace sov::formats
