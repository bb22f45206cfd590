// Writing that is killed or runs out of room leaves the old file, the new one, or none: never a part under
// the file's own name.

#include <chrono>
#include <csignal>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "core/rng.h"
#include "formats/model_writer.h"

namespace sov::formats {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kBytes = uint64_t{3} << 20;

/// A model whose single tensor holds `fill` throughout, in many small parts.
Result<> write_filled(Format format, const fs::path& path, char fill) {
  ModelSpec spec;
  spec.tensors = {{"a", DType::i8, {kBytes}}};
  const TensorBytes bytes = [fill](const TensorSpec&, const TensorSink& sink) -> Result<> {
    const std::string part(4096, fill);
    for (uint64_t done = 0; done < kBytes; done += part.size()) TRY(sink(as_bytes(part)));
    return {};
  };
  return write_model(format, path, spec, bytes, Overwrite::yes);
}

/// The byte that fills the model, or a failure when it is not whole.
char fill_of(const fs::path& path) {
  const auto model = open_model(path, {.verify = Verify::all});
  EXPECT_TRUE(model) << model.error().text();
  if (!model) return '?';
  const std::string_view data = as_text((*model)->tensors.at(0).data);
  EXPECT_EQ(data.find_first_not_of(data[0]), data.npos);
  return data[0];
}

class InterruptedWrite : public testing::TestWithParam<Format> {
 protected:
  InterruptedWrite() { fs::create_directories(folder_); }
  ~InterruptedWrite() override { fs::remove_all(folder_); }
  fs::path folder_ = fs::temp_directory_path() / strf("sov-killed-test-{}", ::getpid());
  fs::path path_ = folder_ / "model";
};

/// Runs `f` in a child process, kills it after `microseconds` if that is not negative; the wait status.
template <typename F>
int in_child(int64_t microseconds, F f) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(f());
  if (microseconds >= 0) {
    std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
    ::kill(child, SIGKILL);
  }
  int status = -1;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return status;
}

TEST_P(InterruptedWrite, KilledItLeavesTheOldFileOrTheNewOne) {
  ASSERT_TRUE(write_filled(GetParam(), path_, 'o'));
  const auto start = std::chrono::steady_clock::now();
  ASSERT_TRUE(write_filled(GetParam(), path_, 'o'));
  const auto whole =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start).count();
  Rng rng(5);
  int killed = 0, kept = 0;
  char fill = 'o';
  for (int i = 0; i < 15; i++) {
    if (fill != 'o') {
      ASSERT_TRUE(write_filled(GetParam(), path_, 'o'));
    }
    const int64_t delay =
        i == 0 ? 0 : static_cast<int64_t>(rng.next() % (static_cast<uint64_t>(whole) * 3 / 2 + 1));
    const int status = in_child(delay, [&] { return write_filled(GetParam(), path_, 'n') ? 0 : 1; });
    killed += WIFSIGNALED(status) ? 1 : 0;
    fill = fill_of(path_);
    kept += fill == 'o' ? 1 : 0;
    EXPECT_TRUE(fill == 'o' || fill == 'n') << fill;
    if (!WIFSIGNALED(status)) {
      EXPECT_EQ(fill, 'n');
    }
  }
  EXPECT_GT(killed, 0);
  EXPECT_GT(kept, 0);
}

TEST_P(InterruptedWrite, KilledWhereNothingWasItLeavesNothingOrAll) {
  Rng rng(6);
  for (int i = 0; i < 20; i++) {
    fs::remove(path_);
    in_child(static_cast<int64_t>(rng.next() % 6000),
             [&] { return write_filled(GetParam(), path_, 'n') ? 0 : 1; });
    if (fs::exists(path_)) {
      EXPECT_EQ(fill_of(path_), 'n');
    }
  }
}

TEST_P(InterruptedWrite, WithoutRoomItSaysSoAndLeavesNothing) {
  for (const uint64_t room : {uint64_t{0}, uint64_t{100}, kBytes / 2, kBytes, kBytes + 20}) {
    for (const bool exists : {false, true}) {
      fs::remove_all(folder_);
      fs::create_directories(folder_);
      if (exists) {
        ASSERT_TRUE(write_filled(GetParam(), path_, 'o'));
      }
      const int status = in_child(-1, [&] {
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{room, room};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        const auto result = write_filled(GetParam(), path_, 'n');
        if (result) return 1;
        return result.error().code() == Code::io &&
                       result.error().message().find("File too large") != std::string::npos
                   ? 0
                   : 2;
      });
      EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status << " with room for " << room;
      EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), exists ? 1 : 0);
      if (exists) {
        EXPECT_EQ(fill_of(path_), 'o');
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, InterruptedWrite,
                         testing::Values(Format::gguf, Format::safetensors, Format::apr),
                         [](const auto& row) { return std::string(format_name(row.param)); });

}  // namespace
}  // namespace sov::formats
