#pragma once
// zstd and LZ4 with a bound on what comes out.

#include <cstddef>
#include <string_view>
#include <vector>

#include "core/fs.h"
#include "core/result.h"

namespace sov::formats {

enum class Codec { none, zstd, lz4 };
std::string_view codec_name(Codec codec);

/// Appends the decompressed form of `input` to `out`: one zstd frame, or one LZ4 block preceded by its
/// uncompressed size as a u32. Output grows as it is produced, never by a size that the input claims.
/// Errors: corrupt, exhausted when more than max_bytes would come out. `where` stands first in messages.
Result<> decompress(Codec codec, Bytes input, uint64_t max_bytes, std::string_view where,
                    std::vector<std::byte>& out);

}  // namespace sov::formats
