// Opening a file of 1 GiB reads its header and nothing else. Counted in pages, not in time.

#include <algorithm>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>
#include <vector>

#include "core/json.h"
#include "formats/file_layout.h"
#include "formats/model_file.h"

namespace sov::formats {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kTensorBytes = uint64_t{1} << 30;
constexpr uint64_t kMostBytes = uint64_t{16} << 20;  // what the kernel reads ahead around a few touched pages

/// A sparse file: the real header, and data that was never written.
class Lazy : public testing::TestWithParam<Format> {
 protected:
  Lazy() {
    ModelSpec spec;
    spec.tensors = {{"large", DType::f32, {kTensorBytes / 4}}, {"small", DType::f32, {4}}};
    spec.metadata.set("name", "x");
    const FileLayout layout = plan(spec);
    EXPECT_TRUE(write_file(path_, layout.head, Overwrite::yes));
    fs::resize_file(path_, layout.end + (layout.crc_footer ? 4 : 0));
  }
  ~Lazy() override { fs::remove(path_); }

  static FileLayout plan(const ModelSpec& spec) {
    switch (GetParam()) {
      case Format::gguf:
        return plan_gguf(spec).value();
      case Format::safetensors:
        return plan_safetensors(spec).value();
      case Format::apr:
        return plan_apr(spec).value();
    }
    return {};
  }

  fs::path path_ = fs::temp_directory_path() / strf("sov-lazy-test-{}", ::getpid());
};

uint64_t resident_bytes(Bytes mapped) {
  const auto page = static_cast<uint64_t>(::sysconf(_SC_PAGESIZE));
  std::vector<unsigned char> pages((mapped.size() + page - 1) / page);
  EXPECT_EQ(::mincore(const_cast<std::byte*>(mapped.data()), mapped.size(), pages.data()), 0);
  return page * static_cast<uint64_t>(
                    std::count_if(pages.begin(), pages.end(), [](unsigned char p) { return p & 1; }));
}

/// Bytes that this process asked the kernel to read.
uint64_t bytes_read() {
  const std::string text = [] {
    std::string all(4096, '\0');
    const int fd = ::open("/proc/self/io", O_RDONLY);
    const ssize_t n = ::read(fd, all.data(), all.size());
    ::close(fd);
    all.resize(n < 0 ? 0 : static_cast<size_t>(n));
    return all;
  }();
  const size_t at = text.find("rchar: ");
  return at == text.npos ? 0 : std::stoull(text.substr(at + 7));
}

TEST_P(Lazy, OpeningTouchesTheHeaderOnly) {
  const uint64_t before = bytes_read();
  const auto model = open_model(path_);
  ASSERT_TRUE(model) << model.error().text();
  EXPECT_LT(bytes_read() - before, kMostBytes);
  ASSERT_EQ((*model)->files.size(), 1U);
  const Bytes mapped = (*model)->files[0].bytes();
  ASSERT_GT(mapped.size(), kTensorBytes);
  EXPECT_LT(resident_bytes(mapped), kMostBytes);
  EXPECT_EQ((*model)->find("large")->data.size(), kTensorBytes);

  // The counter counts: touched pages are seen.
  unsigned sum = 0;
  const Bytes data = (*model)->find("large")->data;
  for (uint64_t i = 0; i < 2 * kMostBytes; i += 4096) sum += static_cast<unsigned>(data[i]);
  EXPECT_EQ(sum, 0U);
  EXPECT_GE(resident_bytes(mapped), 2 * kMostBytes);
}

INSTANTIATE_TEST_SUITE_P(Formats, Lazy, testing::Values(Format::gguf, Format::safetensors, Format::apr),
                         [](const auto& row) { return std::string(format_name(row.param)); });

}  // namespace
}  // namespace sov::formats
