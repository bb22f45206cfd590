#include "apps/depyler/process.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;  // NOLINT: POSIX declares it nowhere else

namespace sov::depyler {
namespace {

/// Both ends of a pipe; closed when dropped.
class Pipe {
 public:
  static Result<Pipe> make() {
    Pipe made;
    if (pipe2(made.ends_.data(), O_CLOEXEC) != 0) return fail(Code::io, "pipe: {}", std::strerror(errno));
    return made;
  }
  Pipe(Pipe&& other) noexcept : ends_(other.ends_) { other.ends_ = {-1, -1}; }
  Pipe& operator=(Pipe&&) = delete;
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  int operator[](size_t end) const { return ends_[end]; }
  void close_end(size_t end) {
    if (ends_[end] >= 0) close(ends_[end]);
    ends_[end] = -1;
  }

 private:
  Pipe() = default;
  std::array<int, 2> ends_{-1, -1};
};

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> out;
  for (std::string& word : words) out.push_back(word.data());
  out.push_back(nullptr);
  return out;
}

std::vector<std::string> merged_environment(const std::vector<std::string>& extra) {
  std::vector<std::string> out;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::string_view name = text.substr(0, text.find('=') + 1);
    bool replaced = false;
    for (const std::string& own : extra) replaced = replaced || own.starts_with(name);
    if (!replaced) out.emplace_back(text);
  }
  out.insert(out.end(), extra.begin(), extra.end());
  return out;
}

Error spawn_error(const std::string& program, int number) {
  const Code code = number == ENOENT ? Code::not_found : Code::io;
  return {code, strf("{}: cannot be run: {}", program, std::strerror(number))};
}

struct Streams {
  Pipe in, out, err;
};

Result<pid_t> spawn(const ProcessInput& input, Streams& streams) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, streams.in[0], 0);
  posix_spawn_file_actions_adddup2(&actions, streams.out[1], 1);
  posix_spawn_file_actions_adddup2(&actions, streams.err[1], 2);
  if (!input.folder.empty()) posix_spawn_file_actions_addchdir_np(&actions, input.folder.c_str());
  std::vector<std::string> words = input.words;
  std::vector<std::string> environment = merged_environment(input.environment);
  pid_t child = 0;
  const int failed = posix_spawnp(&child, words[0].c_str(), &actions, nullptr, pointers(words).data(),
                                  pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return fail(spawn_error(words[0], failed));
  return child;
}

/// Reads into `text`; false at the end.
bool take(int descriptor, std::string& text) {
  std::array<char, 65536> buffer;
  const ssize_t n = read(descriptor, buffer.data(), buffer.size());
  if (n > 0) text.append(buffer.data(), static_cast<size_t>(n));
  return n > 0 || (n < 0 && (errno == EINTR || errno == EAGAIN));
}

/// Feeds and reads until both outputs have ended or the time is over.
void exchange(const ProcessInput& input, Streams& streams, ProcessOutput& output) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(input.seconds);
  size_t written = 0;
  bool out_open = true, err_open = true;
  fcntl(streams.in[1], F_SETFL, O_NONBLOCK);
  if (input.stdin_text.empty()) streams.in.close_end(1);
  while (out_open || err_open) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    if (left.count() <= 0) {
      output.timed_out = true;
      return;
    }
    std::array<pollfd, 3> wait{{{out_open ? streams.out[0] : -1, POLLIN, 0},
                                {err_open ? streams.err[0] : -1, POLLIN, 0},
                                {streams.in[1], POLLOUT, 0}}};
    if (poll(wait.data(), wait.size(), static_cast<int>(left.count())) < 0 && errno != EINTR) return;
    if (wait[0].revents != 0) out_open = take(streams.out[0], output.out);
    if (wait[1].revents != 0) err_open = take(streams.err[0], output.err);
    if (wait[2].revents == 0) continue;
    const std::string_view rest = std::string_view(input.stdin_text).substr(written);
    const ssize_t n = write(streams.in[1], rest.data(), rest.size());
    if (n > 0) written += static_cast<size_t>(n);
    if ((n < 0 && errno != EAGAIN) || written == input.stdin_text.size()) streams.in.close_end(1);
  }
}

int exit_code(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

}  // namespace

Result<ProcessOutput> run_process(const ProcessInput& input) {
  TRY(Pipe in, Pipe::make());
  TRY(Pipe out, Pipe::make());
  TRY(Pipe err, Pipe::make());
  Streams streams{std::move(in), std::move(out), std::move(err)};
  const auto old = std::signal(SIGPIPE, SIG_IGN);  // a program that does not read its input is no error
  const Result<pid_t> child = spawn(input, streams);
  ProcessOutput output;
  if (child) {
    streams.in.close_end(0);
    streams.out.close_end(1);
    streams.err.close_end(1);
    exchange(input, streams, output);
    if (output.timed_out) kill(*child, SIGKILL);
    int status = 0;
    while (waitpid(*child, &status, 0) < 0 && errno == EINTR) {
    }
    output.status = exit_code(status);
  }
  std::signal(SIGPIPE, old);
  if (!child) return fail(child.error());
  return output;
}

Result<int> run_attached(const std::vector<std::string>& words) {
  std::vector<std::string> copy = words;
  pid_t child = 0;
  const int failed = posix_spawnp(&child, copy[0].c_str(), nullptr, nullptr, pointers(copy).data(), environ);
  if (failed != 0) return fail(spawn_error(copy[0], failed));
  int status = 0;
  if (waitpid(child, &status, 0) < 0) return fail(Code::io, "{}: lost", copy[0]);
  return exit_code(status);
}

Result<Scratch> Scratch::make() {
  std::string name = (std::filesystem::temp_directory_path() / "depyler-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) return fail(Code::io, "{}: cannot make a folder", name);
  return Scratch(name);
}

Scratch::~Scratch() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace sov::depyler
