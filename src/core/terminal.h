#pragma once
// What the process is attached to: terminals, colour, checked output to stdout, interrupts, progress on
// stderr.

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "core/result.h"

namespace sov {

bool is_terminal(int fd);
/// Columns of the terminal at fd, or `fallback` when it is none.
int terminal_width(int fd, int fallback = 80);
int terminal_height(int fd, int fallback = 24);
/// Control characters but tab and newline shown as U+FFFD, so text from a file cannot drive the terminal.
std::string printable(std::string_view text);

/// Colour for one stream: on when it is a terminal, TERM is not dumb and NO_COLOR is unset.
class Style {
 public:
  explicit Style(int fd);
  Style(const Style&) = default;
  static Style plain() { return Style(); }
  bool on() const { return on_; }
  std::string bold(std::string_view text) const { return paint("1", text); }
  std::string dim(std::string_view text) const { return paint("2", text); }
  std::string red(std::string_view text) const { return paint("31", text); }
  std::string green(std::string_view text) const { return paint("32", text); }
  std::string yellow(std::string_view text) const { return paint("33", text); }
  std::string cyan(std::string_view text) const { return paint("36", text); }

 private:
  Style() = default;
  std::string paint(std::string_view code, std::string_view text) const;
  bool on_ = false;
};

/// Buffered writer to a file descriptor whose failures are seen. A reader that goes away (EPIPE) is an error
/// like any other here; reader_gone() lets the caller end quietly.
class Output {
 public:
  explicit Output(int fd) : fd_(fd) {}
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  Result<> write(std::string_view text);
  Result<> flush();
  Result<> write_now(std::string_view text);
  bool reader_gone() const { return reader_gone_; }

 private:
  int fd_;
  std::string buffer_;
  bool reader_gone_ = false;
};

/// Turns SIGINT and SIGTERM into a flag that long work polls, and ignores SIGPIPE and SIGXFSZ
/// (writes then return errors). A mapped file that is cut short ends the program with a message and status 7.
/// A second signal while the first is still unseen ends the process with status 130. One instance at a time
/// (a signal handler cannot carry state, hence the one static flag in terminal.cpp).
class Interrupts {
 public:
  Interrupts();
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  bool pending() const { return flag().load(std::memory_order_relaxed); }
  /// For code that polls a cancel flag.
  const std::atomic<bool>& flag() const;
  /// SIGTERM arrived (also pending()).
  bool terminate() const;
  /// The same as a signal, from the program itself: unwinds work whose result nobody wants any more.
  void request();
  /// Forgets what came, but not SIGTERM.
  void clear();
};

/// Waits until `descriptor` can be read (or has ended). False when SIGINT or SIGTERM came: also between the
/// caller's last look and the wait, which a blocking read(2) would sleep through.
bool wait_readable(int descriptor);

/// A bar (or, without a total, the elapsed time) on stderr for work above a second; nothing when stderr is no
/// terminal. Erased when dropped. Threads: update() from any.
class Progress {
 public:
  enum class Show { no, yes };
  Progress(std::string label, uint64_t total, Show show = Show::yes);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void update(uint64_t done) { done_.store(done, std::memory_order_relaxed); }

  /// One line of the bar, at most `width` columns.
  static std::string line(std::string_view label, uint64_t done, uint64_t total, double seconds, int width);

 private:
  void draw_until_stopped(const std::stop_token& stop);
  std::string label_;
  uint64_t total_;
  std::atomic<uint64_t> done_{0};
  std::jthread drawer_;
};

/// 1536 -> "1.5 KiB".
std::string human_bytes(uint64_t bytes);

}  // namespace sov
