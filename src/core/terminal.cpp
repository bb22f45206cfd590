#include "core/terminal.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "core/check.h"
#include "core/env.h"
#include "core/text_width.h"
#include "core/utf8.h"

namespace sov {

bool is_terminal(int fd) { return ::isatty(fd) == 1; }

int terminal_width(int fd, int fallback) {
  winsize size{};
  return ::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : fallback;
}

int terminal_height(int fd, int fallback) {
  winsize size{};
  return ::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 ? size.ws_row : fallback;
}

std::string printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const utf8::Decoded c = utf8::decode(text);
    const bool control = c.code_point < 0x20 || (c.code_point >= 0x7F && c.code_point < 0xA0);
    const bool layout = c.code_point == '\n' || c.code_point == '\t';
    utf8::append(out, c.valid && (!control || layout) ? c.code_point : utf8::kReplacement);
    text.remove_prefix(c.length);
  }
  return out;
}

Style::Style(int fd) : on_(is_terminal(fd) && !env("NO_COLOR") && env("TERM").value_or("dumb") != "dumb") {}

std::string Style::paint(std::string_view code, std::string_view text) const {
  if (!on_) return std::string(text);
  return strf("\x1b[{}m{}\x1b[0m", code, text);
}

Result<> Output::write(std::string_view text) {
  constexpr size_t kBuffer = size_t{1} << 16;
  buffer_ += text;
  return buffer_.size() < kBuffer ? Result<>() : flush();
}

Result<> Output::write_now(std::string_view text) {
  buffer_ += text;
  return flush();
}

Result<> Output::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t n = ::write(fd_, rest.data(), rest.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      const int reason = errno;
      reader_gone_ = reason == EPIPE;
      buffer_.clear();
      return fail(Code::io, "writing to {}: {}", fd_ == STDOUT_FILENO ? "stdout" : strf("descriptor {}", fd_),
                  std::strerror(reason));
    }
    rest.remove_prefix(static_cast<size_t>(n));
  }
  buffer_.clear();
  return {};
}

namespace {

std::atomic<bool> signal_seen{false};  // the handler's flag: see Interrupts
std::atomic<bool> terminate_seen{false};
// A signal's byte goes through here, so that poll(2) returns whichever thread took the signal, and whenever.
int wake_pipe[2] = {-1, -1};
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void note_signal(int number) {
  const int before = errno;
  if (number == SIGTERM) terminate_seen = true;
  if (signal_seen.exchange(true)) ::_exit(130);
  [[maybe_unused]] const ssize_t written = ::write(wake_pipe[1], "", 1);
  errno = before;
}

void drain_wake_pipe() {
  char drained[16];
  while (wake_pipe[0] >= 0 && ::read(wake_pipe[0], drained, sizeof drained) > 0) continue;
}

/// Only what a signal handler may call: the message is fixed, the status that of Code::io.
extern "C" void explain_lost_page(int) {
  constexpr char kText[] =
      "error: i/o: a mapped file became shorter or could not be read while in use: wanted its bytes, got "
      "SIGBUS\n";
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, kText, sizeof kText - 1);
  ::_exit(7);
}

void set_handler(int number, void (*handler)(int)) {
  struct sigaction action = {};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  action.sa_flags = 0;  // no SA_RESTART: a blocking read returns so that the flag is seen
  CHECK(sigaction(number, &action, nullptr) == 0);
}

}  // namespace

Interrupts::Interrupts() {
  // Without descriptors to spare the pipe stays closed: poll and write then pass it over.
  if (wake_pipe[0] < 0 && ::pipe2(wake_pipe, O_CLOEXEC | O_NONBLOCK) != 0) wake_pipe[0] = wake_pipe[1] = -1;
  clear();
  terminate_seen = false;
  set_handler(SIGINT, note_signal);
  set_handler(SIGTERM, note_signal);
  set_handler(SIGPIPE, SIG_IGN);
  set_handler(SIGXFSZ, SIG_IGN);
  set_handler(SIGBUS, explain_lost_page);
}

Interrupts::~Interrupts() {
  set_handler(SIGINT, SIG_DFL);
  set_handler(SIGTERM, SIG_DFL);
  set_handler(SIGPIPE, SIG_DFL);
  set_handler(SIGXFSZ, SIG_DFL);
  set_handler(SIGBUS, SIG_DFL);
}

const std::atomic<bool>& Interrupts::flag() const { return signal_seen; }
bool Interrupts::terminate() const { return terminate_seen; }
void Interrupts::request() { signal_seen = true; }
void Interrupts::clear() {
  signal_seen = false;  // first: a signal from here on keeps its flag, whatever becomes of its byte
  drain_wake_pipe();
}

bool wait_readable(int descriptor) {
  for (;;) {
    if (signal_seen || terminate_seen) return false;
    pollfd wanted[2] = {{descriptor, POLLIN, 0}, {wake_pipe[0], POLLIN, 0}};
    const int ready = ::poll(wanted, 2, -1);
    if (signal_seen || terminate_seen) return false;
    if (ready > 0 && wanted[0].revents == 0) {
      drain_wake_pipe();  // the byte of a signal that has been forgotten
    } else if (ready >= 0 || errno != EINTR) {
      return true;  // the read that follows tells of an error
    }
  }
}

Progress::Progress(std::string label, uint64_t total, Show show) : label_(std::move(label)), total_(total) {
  if (show == Show::no || !is_terminal(STDERR_FILENO) || env("TERM").value_or("dumb") == "dumb") return;
  drawer_ = std::jthread([this](const std::stop_token& stop) { draw_until_stopped(stop); });
}

Progress::~Progress() {
  if (!drawer_.joinable()) return;
  drawer_.request_stop();
  drawer_.join();
}

void Progress::draw_until_stopped(const std::stop_token& stop) {
  using Clock = std::chrono::steady_clock;
  constexpr auto kPatience = std::chrono::seconds(1);
  constexpr auto kStep = std::chrono::milliseconds(100);
  const Clock::time_point start = Clock::now();
  std::mutex mutex;
  std::condition_variable_any tick;
  std::unique_lock lock(mutex);
  Output out(STDERR_FILENO);
  bool drawn = false;
  while (!stop.stop_requested()) {
    tick.wait_for(lock, stop, drawn ? kStep : kPatience, [] { return false; });
    const Clock::duration elapsed = Clock::now() - start;
    if (stop.stop_requested() || elapsed < kPatience) continue;
    const double seconds = std::chrono::duration<double>(elapsed).count();
    const int width = terminal_width(STDERR_FILENO) - 1;
    // A terminal that stopped taking bytes is no reason to stop the work.
    if (!out.write_now("\r\x1b[K" + line(label_, done_, total_, seconds, width))) return;
    drawn = true;
  }
  if (drawn) static_cast<void>(out.write_now("\r\x1b[K").has_value());
}

std::string Progress::line(std::string_view label, uint64_t done, uint64_t total, double seconds, int width) {
  if (total == 0) return strf("{} {:.0f} s", label, seconds);
  const double part = std::min(1.0, static_cast<double>(done) / static_cast<double>(total));
  std::string tail = strf(" {:3.0f} % of {}", part * 100, human_bytes(total));
  if (part > 0.01) tail += strf(", {:.0f} s left", seconds / part - seconds);
  const int room = width - display_width(label) - static_cast<int>(tail.size()) - 3;
  if (room < 5) return strf("{}{}", label, tail);
  const int cells = std::min(room, 30);
  const int full = static_cast<int>(part * cells);
  return strf("{} [{:#<{}}{:.<{}}]{}", label, "", full, "", cells - full, tail);
}

std::string human_bytes(uint64_t bytes) {
  if (bytes < 1024) return strf("{} B", bytes);
  double value = static_cast<double>(bytes);
  constexpr std::string_view kUnits[] = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  size_t unit = 0;
  while (value >= 1024 && unit + 1 < std::size(kUnits)) {
    value /= 1024;
    unit++;
  }
  return strf("{:.{}f} {}", value, value < 10 ? 2 : 1, kUnits[unit]);
}

}  // namespace sov
