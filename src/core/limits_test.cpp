#include "core/limits.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "core/format.h"
#include "core/fs.h"

namespace sov {
namespace {

namespace fs = std::filesystem;

class Limits : public ::testing::Test {
 protected:
  Limits() : root_(fs::temp_directory_path() / strf("sov_limits_test_{}", ::getpid())) {}
  ~Limits() override { fs::remove_all(root_); }
  void put(const fs::path& name, std::string_view text) {
    fs::create_directories((root_ / name).parent_path());
    ASSERT_TRUE(write_file(root_ / name, text, Overwrite::yes));
  }
  fs::path root_;
};

TEST_F(Limits, NoneWhereNothingIsSaid) {
  put("memory.max", "max\n");
  put("cpu.max", "max 100000\n");
  const GroupLimits limits = group_limits("0::/\n", root_);
  EXPECT_FALSE(limits.memory_bytes);
  EXPECT_FALSE(limits.cpus);
  EXPECT_FALSE(group_limits("", root_).cpus);
  EXPECT_FALSE(group_limits("garbage\n0:\n", root_).cpus);
}

TEST_F(Limits, TightestOfTheAncestorsInVersion2) {
  put("a/memory.max", "1000000\n");
  put("a/b/memory.max", "2000000\n");
  put("a/b/cpu.max", "150000 100000\n");
  put("a/cpu.max", "max 100000\n");
  const GroupLimits limits = group_limits("0::/a/b\n", root_);
  EXPECT_EQ(limits.memory_bytes, 1000000U);
  EXPECT_DOUBLE_EQ(limits.cpus.value_or(0), 1.5);
}

TEST_F(Limits, Version1WithItsMagicNumbers) {
  put("memory/memory.limit_in_bytes", "9223372036854771712\n");
  put("memory/x/memory.limit_in_bytes", "536870912\n");
  put("cpu,cpuacct/cpu.cfs_quota_us", "-1\n");
  put("cpu,cpuacct/cpu.cfs_period_us", "100000\n");
  const GroupLimits limits = group_limits("9:memory:/x\n3:cpu,cpuacct:/x\n", root_);
  EXPECT_EQ(limits.memory_bytes, 536870912U);
  EXPECT_FALSE(limits.cpus);
}

TEST_F(Limits, GroupOutsideTheNamespaceIsNotFollowed) {
  put("memory.max", "4096\n");
  EXPECT_FALSE(group_limits("0::/../../elsewhere\n", root_).memory_bytes);
}

}  // namespace
}  // namespace sov
