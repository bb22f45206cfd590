#include "core/fs.h"

#include <fstream>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sov {
namespace {

namespace fs = std::filesystem;

/// A folder of its own for each test, removed afterwards.
class Files : public ::testing::Test {
 protected:
  Files() : folder_(fs::temp_directory_path() / strf("sov_fs_test_{}", ::getpid())) {
    fs::create_directories(folder_);
  }
  ~Files() override { fs::remove_all(folder_); }
  size_t entries() const {
    return static_cast<size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }
  fs::path folder_;
};

TEST_F(Files, MapsWhatWasWritten) {
  ASSERT_TRUE(write_file(folder_ / "a", "hello", Overwrite::no));
  const Result<MappedFile> file = MappedFile::open(folder_ / "a");
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_EQ(as_text(file->bytes()), "hello");
}

TEST_F(Files, MapsAnEmptyFile) {
  ASSERT_TRUE(write_file(folder_ / "empty", "", Overwrite::no));
  const Result<MappedFile> file = MappedFile::open(folder_ / "empty");
  ASSERT_TRUE(file);
  EXPECT_TRUE(file->bytes().empty());
}

TEST_F(Files, NamesWhatIsMissingOrNoFile) {
  EXPECT_EQ(MappedFile::open(folder_ / "none").error().code(), Code::not_found);
  EXPECT_EQ(MappedFile::open(folder_).error().code(), Code::io);
  EXPECT_NE(MappedFile::open(folder_).error().message().find("got a folder"), std::string::npos);
  EXPECT_EQ(read_text("/dev/null").error().code(), Code::io);
}

TEST_F(Files, APipeIsRefusedAtOnce) {
  ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  EXPECT_NE(MappedFile::open(folder_ / "pipe").error().message().find("got a special file"),
            std::string::npos);
}

TEST_F(Files, ADeviceOrFolderIsNeverReplaced) {
  EXPECT_EQ(write_file("/dev/null", "x", Overwrite::yes).error().code(), Code::io);
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
  EXPECT_EQ(write_file(folder_, "x", Overwrite::yes).error().code(), Code::io);
}

TEST_F(Files, ReadTextKeepsToItsLimit) {
  ASSERT_TRUE(write_file(folder_ / "a", "12345", Overwrite::no));
  EXPECT_EQ(*read_text(folder_ / "a", 5), "12345");
  EXPECT_EQ(read_text(folder_ / "a", 4).error().code(), Code::exhausted);
}

TEST_F(Files, RefusesToOverwriteUnlessTold) {
  ASSERT_TRUE(write_file(folder_ / "a", "old", Overwrite::no));
  EXPECT_EQ(write_file(folder_ / "a", "new", Overwrite::no).error().code(), Code::validation);
  EXPECT_EQ(*read_text(folder_ / "a"), "old");
  ASSERT_TRUE(write_file(folder_ / "a", "new", Overwrite::yes));
  EXPECT_EQ(*read_text(folder_ / "a"), "new");
  EXPECT_EQ(entries(), 1U);
}

TEST_F(Files, ADroppedWriterLeavesNothing) {
  {
    Result<AtomicWriter> writer = AtomicWriter::create(folder_ / "a", Overwrite::no);
    ASSERT_TRUE(writer);
    ASSERT_TRUE(writer->write(std::string(3 << 20, 'x')));
    EXPECT_FALSE(fs::exists(folder_ / "a"));
  }
  EXPECT_EQ(entries(), 0U);
}

TEST_F(Files, RewritesEarlierBytesAcrossTheBuffer) {
  Result<AtomicWriter> writer = AtomicWriter::create(folder_ / "a", Overwrite::no);
  ASSERT_TRUE(writer);
  ASSERT_TRUE(writer->write("headXXXX"));
  ASSERT_TRUE(writer->write(std::string(2 << 20, 'b')));
  ASSERT_TRUE(writer->rewrite(4, as_bytes("YYYY")));
  ASSERT_TRUE(writer->write("tail"));
  EXPECT_EQ(writer->position(), 8U + (2U << 20) + 4U);
  ASSERT_TRUE(writer->commit());
  const std::string text = *read_text(folder_ / "a");
  EXPECT_EQ(text.substr(0, 9), "headYYYYb");
  EXPECT_EQ(text.substr(text.size() - 5), "btail");
}

TEST_F(Files, TwoWritersOnlyOneWins) {
  Result<AtomicWriter> first = AtomicWriter::create(folder_ / "a", Overwrite::no);
  Result<AtomicWriter> second = AtomicWriter::create(folder_ / "a", Overwrite::no);
  ASSERT_TRUE(first && second);
  ASSERT_TRUE(first->write("1"));
  ASSERT_TRUE(second->write("2"));
  EXPECT_TRUE(first->commit());
  EXPECT_EQ(second->commit().error().code(), Code::validation);
  EXPECT_EQ(*read_text(folder_ / "a"), "1");
}

}  // namespace
}  // namespace sov
