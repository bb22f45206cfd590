#include "core/fs.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace sov {
namespace {

constexpr size_t kProcBlock = 4096;
constexpr size_t kBufferBytes = size_t{1} << 20;

Error system_error(const std::filesystem::path& path, std::string_view action) {
  const int code = errno;
  return {code == ENOENT || code == ENOTDIR ? Code::not_found : Code::io,
          strf("{}: cannot {}: {}", path.string(), action, std::strerror(code))};
}

Error exists_already(const std::filesystem::path& path) {
  return {Code::validation, strf("{}: exists already; --force overwrites it", path.string())};
}

/// Opens for reading and checks that it is a regular file.
Result<std::pair<int, uint64_t>> open_regular(const std::filesystem::path& path) {
  // O_NONBLOCK: a pipe is refused below rather than waited for; regular files take no notice of it.
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return fail(system_error(path, "open"));
  struct stat info{};
  if (::fstat(fd, &info) != 0) {
    Error error = system_error(path, "stat");
    ::close(fd);
    return fail(std::move(error));
  }
  if (!S_ISREG(info.st_mode)) {
    ::close(fd);
    return fail(Code::io, "{}: wanted a regular file, got a {}", path.string(),
                S_ISDIR(info.st_mode) ? "folder" : "special file");
  }
  return std::pair{fd, static_cast<uint64_t>(info.st_size)};
}

Result<> write_all(int fd, const char* data, size_t size, const std::filesystem::path& path) {
  while (size > 0) {
    const ssize_t n = ::write(fd, data, size);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail(system_error(path, "write"));
    data += n;
    size -= static_cast<size_t>(n);
  }
  return {};
}

}  // namespace

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
  TRY(auto opened, open_regular(path));
  auto [fd, size] = opened;
  MappedFile file;
  file.path_ = path;
  file.size_ = size;
  if (size > 0) {
    void* data = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, fd, 0);
    if (data == MAP_FAILED) {
      Error error = system_error(path, "map");
      ::close(fd);
      return fail(std::move(error));
    }
    file.data_ = static_cast<const std::byte*>(data);
  }
  ::close(fd);
  return file;
}

MappedFile::MappedFile(MappedFile&& other) noexcept { *this = std::move(other); }

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(const_cast<std::byte*>(data_), size_);
}

Result<std::string> read_text(const std::filesystem::path& path, uint64_t max_bytes) {
  TRY(auto opened, open_regular(path));
  auto [fd, size] = opened;
  if (size > max_bytes) {
    ::close(fd);
    return fail(Code::exhausted, "{}: wanted at most {} bytes, got {}", path.string(), max_bytes, size);
  }
  std::string text(size + kProcBlock, '\0');  // files of /proc and /sys do not say how long they are
  size_t done = 0;
  for (;;) {
    if (done == text.size()) text.resize(done + kProcBlock);
    const ssize_t n = ::read(fd, text.data() + done, text.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      Error error = system_error(path, "read");
      ::close(fd);
      return fail(std::move(error));
    }
    if (n == 0) break;
    done += static_cast<size_t>(n);
    if (done > max_bytes) {
      ::close(fd);
      return fail(Code::exhausted, "{}: wanted at most {} bytes, got more", path.string(), max_bytes);
    }
  }
  ::close(fd);
  text.resize(done);
  return text;
}

Result<AtomicWriter> AtomicWriter::create(const std::filesystem::path& path, Overwrite overwrite) {
  std::error_code ec;
  if (overwrite == Overwrite::no && std::filesystem::exists(path, ec)) {
    return fail(exists_already(path));
  }
  // Renaming over a device would replace it: `-o /dev/null --force` must not.
  if (std::filesystem::exists(path, ec) && !std::filesystem::is_regular_file(path, ec)) {
    return fail(Code::io, "{}: wanted a regular file or none, got a {}", path.string(),
                std::filesystem::is_directory(path, ec) ? "folder" : "special file");
  }
  AtomicWriter writer;
  writer.path_ = path;
  writer.overwrite_ = overwrite;
  std::string name = path.string() + ".part-XXXXXX";
  writer.fd_ = ::mkostemp(name.data(), O_CLOEXEC);
  if (writer.fd_ < 0) return fail(system_error(path, "create a temporary file beside it"));
  writer.temporary_ = name;
  return writer;
}

AtomicWriter::AtomicWriter(AtomicWriter&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::move(other.temporary_)),
      buffer_(std::move(other.buffer_)),
      fd_(std::exchange(other.fd_, -1)),
      position_(other.position_),
      overwrite_(other.overwrite_) {}

AtomicWriter::~AtomicWriter() {
  if (fd_ < 0) return;
  ::close(fd_);
  ::unlink(temporary_.c_str());
}

Result<> AtomicWriter::flush() {
  TRY(write_all(fd_, buffer_.data(), buffer_.size(), path_));
  buffer_.clear();
  return {};
}

Result<> AtomicWriter::write(Bytes bytes) {
  position_ += bytes.size();
  if (bytes.size() >= kBufferBytes) {
    TRY(flush());
    return write_all(fd_, reinterpret_cast<const char*>(bytes.data()), bytes.size(), path_);
  }
  buffer_.append(as_text(bytes));
  return buffer_.size() >= kBufferBytes ? flush() : Result<>{};
}

Result<> AtomicWriter::rewrite(uint64_t offset, Bytes bytes) {
  TRY(flush());
  size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t n =
        ::pwrite(fd_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail(system_error(path_, "rewrite"));
    done += static_cast<size_t>(n);
  }
  return {};
}

Result<> AtomicWriter::commit() {
  TRY(flush());
  ::fchmod(fd_, 0644);
  if (::fsync(fd_) != 0) return fail(system_error(path_, "flush to disk"));
  // link() refuses an existing target, rename() replaces it: no window in which another writer's file is
  // lost.
  if (overwrite_ == Overwrite::no) {
    if (::link(temporary_.c_str(), path_.c_str()) != 0) {
      if (errno == EEXIST) return fail(exists_already(path_));
      return fail(system_error(path_, "put in place"));
    }
    ::unlink(temporary_.c_str());
  } else if (::rename(temporary_.c_str(), path_.c_str()) != 0) {
    return fail(system_error(path_, "put in place"));
  }
  ::close(fd_);
  fd_ = -1;
  return {};
}

Result<> write_file(const std::filesystem::path& path, std::string_view text, Overwrite overwrite) {
  TRY(auto writer, AtomicWriter::create(path, overwrite));
  TRY(writer.write(text));
  return writer.commit();
}

}  // namespace sov
