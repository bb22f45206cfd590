#pragma once
// Files: read-only memory maps, whole-file reads and atomic writes.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/result.h"

namespace sov {

using Bytes = std::span<const std::byte>;

inline std::string_view as_text(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline Bytes as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}

/// A file mapped read-only and shared between processes; pages are read on first touch.
/// Errors: not_found, io (also for anything that is not a regular file).
class MappedFile {
 public:
  static Result<MappedFile> open(const std::filesystem::path& path);

  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  Bytes bytes() const { return {data_, size_}; }
  const std::filesystem::path& path() const { return path_; }

 private:
  MappedFile() = default;
  std::filesystem::path path_;
  const std::byte* data_ = nullptr;
  size_t size_ = 0;
};

/// The whole file as text. Errors: not_found, io, exhausted when larger than max_bytes.
Result<std::string> read_text(const std::filesystem::path& path, uint64_t max_bytes = uint64_t{1} << 30);

enum class Overwrite { no, yes };

/// Writes a file so that it appears whole or not at all: a temporary beside it, fsync, rename. The temporary
/// is removed if the writer is dropped without commit(). Errors: validation when the target exists and
/// overwrite is no; io with the system's reason.
class AtomicWriter {
 public:
  static Result<AtomicWriter> create(const std::filesystem::path& path, Overwrite overwrite);

  AtomicWriter(AtomicWriter&& other) noexcept;
  AtomicWriter& operator=(AtomicWriter&&) = delete;
  ~AtomicWriter();

  Result<> write(Bytes bytes);
  Result<> write(std::string_view text) { return write(as_bytes(text)); }
  /// Replaces bytes already written at an offset (headers whose checksum is known last).
  Result<> rewrite(uint64_t offset, Bytes bytes);
  uint64_t position() const { return position_; }
  Result<> commit();

 private:
  AtomicWriter() = default;
  Result<> flush();
  std::filesystem::path path_, temporary_;
  std::string buffer_;
  int fd_ = -1;
  uint64_t position_ = 0;
  Overwrite overwrite_ = Overwrite::no;
};

/// One-shot atomic write.
Result<> write_file(const std::filesystem::path& path, std::string_view text, Overwrite overwrite);

}  // namespace sov
