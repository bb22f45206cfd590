#include "formats/decompress.h"

#include <algorithm>
#include <cstring>
#include <lz4.h>
#include <memory>
#include <zstd.h>

namespace sov::formats {
namespace {

constexpr int kUsualWindowLog = 23, kMaxWindowLog = 27;  // level 19, and what zstd accepts unasked
constexpr uint64_t kLz4MaxRatio = 255;                   // an LZ4 block cannot expand further

Result<> decompress_zstd(Bytes input, uint64_t max_bytes, std::string_view where,
                         std::vector<std::byte>& out) {
  const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
  // A frame claims the window that decoding it takes; no more than this is given to it.
  int window_log = kUsualWindowLog;
  while (window_log < kMaxWindowLog && (uint64_t{1} << window_log) < max_bytes) window_log++;
  ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, window_log);
  std::vector<std::byte> chunk(ZSTD_DStreamOutSize());
  ZSTD_inBuffer in{input.data(), input.size(), 0};
  const uint64_t before = out.size();
  size_t left = 1;
  while (left != 0) {
    ZSTD_outBuffer part{chunk.data(), chunk.size(), 0};
    const size_t consumed = in.pos;
    left = ZSTD_decompressStream(context.get(), &part, &in);
    if (ZSTD_isError(left)) {
      return fail(Code::corrupt, "{}: zstd: wanted a frame, got {} at byte {}", where,
                  ZSTD_getErrorName(left), in.pos);
    }
    if (out.size() - before + part.pos > max_bytes) {
      return fail(Code::exhausted, "{}: zstd: wanted at most {} bytes decompressed, got more", where,
                  max_bytes);
    }
    out.insert(out.end(), chunk.data(), chunk.data() + part.pos);
    if (left != 0 && part.pos == 0 && in.pos == consumed && in.pos == input.size()) {
      return fail(Code::corrupt, "{}: zstd: wanted a whole frame, got its first {} bytes", where,
                  input.size());
    }
  }
  if (in.pos != input.size()) {
    return fail(Code::corrupt, "{}: zstd: wanted one frame, got {} bytes after it", where,
                input.size() - in.pos);
  }
  return {};
}

Result<> decompress_lz4(Bytes input, uint64_t max_bytes, std::string_view where,
                        std::vector<std::byte>& out) {
  uint32_t size = 0;
  if (input.size() < sizeof size) {
    return fail(Code::corrupt, "{}: LZ4: wanted a size of 4 bytes, got {} bytes", where, input.size());
  }
  std::memcpy(&size, input.data(), sizeof size);
  const Bytes block = input.subspan(sizeof size);
  if (size > kLz4MaxRatio * block.size() || block.size() > LZ4_MAX_INPUT_SIZE || size > LZ4_MAX_INPUT_SIZE) {
    return fail(Code::corrupt, "{}: LZ4: wanted at most {} bytes from a block of {}, got {} in its prefix",
                where, kLz4MaxRatio * block.size(), block.size(), size);
  }
  if (size > max_bytes) {
    return fail(Code::exhausted, "{}: LZ4: wanted at most {} bytes decompressed, got {}", where, max_bytes,
                size);
  }
  const size_t before = out.size();
  out.resize(before + size);
  const int got = LZ4_decompress_safe(reinterpret_cast<const char*>(block.data()),
                                      reinterpret_cast<char*>(out.data() + before),
                                      static_cast<int>(block.size()), static_cast<int>(size));
  if (got < 0 || static_cast<uint32_t>(got) != size) {
    return fail(Code::corrupt, "{}: LZ4: wanted {} bytes, got {}", where, size,
                got < 0 ? std::string("a malformed block") : strf("{}", got));
  }
  return {};
}

}  // namespace

std::string_view codec_name(Codec codec) {
  switch (codec) {
    case Codec::none:
      return "none";
    case Codec::zstd:
      return "zstd";
    case Codec::lz4:
      return "LZ4";
  }
  return "";
}

Result<> decompress(Codec codec, Bytes input, uint64_t max_bytes, std::string_view where,
                    std::vector<std::byte>& out) {
  switch (codec) {
    case Codec::zstd:
      return decompress_zstd(input, max_bytes, where, out);
    case Codec::lz4:
      return decompress_lz4(input, max_bytes, where, out);
    case Codec::none:
      break;
  }
  if (input.size() > max_bytes) {
    return fail(Code::exhausted, "{}: wanted at most {} bytes, got {}", where, max_bytes, input.size());
  }
  out.insert(out.end(), input.begin(), input.end());
  return {};
}

}  // namespace sov::formats
