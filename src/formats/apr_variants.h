#pragma once
// One reader for each APR variant; apr.cpp tells them apart.

#include "formats/byte_reader.h"
#include "formats/model_file.h"

namespace sov::formats {

/// v2, magic "APR\0" or "APR2": 64-byte header, JSON metadata, index, 64-byte aligned data, footer CRC.
Result<> read_apr_v2(Bytes bytes, std::string_view name, const OpenOptions& options, ModelFile& model);
/// Whether the 64 bytes are a v2 header rather than a compressed wrapper that begins with the same magic.
bool looks_like_apr_v2(Bytes bytes);

/// "APR1", JSON metadata and index, unaligned data, CRC.
Result<> read_apr1_json(Bytes bytes, std::string_view name, const OpenOptions& options, ModelFile& model);
/// "APR1" as whisper.apr writes it: binary header and index.
Result<> read_apr1_whisper(Bytes bytes, std::string_view name, const OpenOptions& options, ModelFile& model);
/// "APRN": header and MessagePack metadata are read; the payload is described, not decoded.
Result<> read_aprn(Bytes bytes, std::string_view name, const OpenOptions& options, ModelFile& model);
/// "APR\0", version 1, layers of named parameters.
Result<> read_apr_layered(Bytes bytes, std::string_view name, ModelFile& model);
/// "APR\0", version 0 or 1, a transformer's sizes and unnamed data: described, no tensors.
Result<> read_apr_transformer(Bytes bytes, std::string_view name, ModelFile& model);

// Shared by the variants:

/// Records the checksum in the file's last 4 bytes over all before; with Verify::all compares it.
/// Errors: corrupt when it is wrong.
Result<> check_trailing_crc(Bytes bytes, std::string_view name, Verify verify, ModelFile& model);
/// A JSON index [{name, dtype, shape, offset, size}]; offsets count from data_start, tensors end by data_end.
Result<> read_json_index(const ByteReader& in, uint64_t index_at, const Json& index, Bytes file,
                         uint64_t data_start, uint64_t data_end, ModelFile& model);
/// Sets tokenizer and chat_template from metadata's flat keys.
void find_apr_tokenizer(ModelFile& model);
/// corrupt unless all tensor names differ.
Result<> check_unique_names(const ByteReader& in, const ModelFile& model);
/// A warning when tensors share bytes.
void warn_about_overlaps(ModelFile& model);

}  // namespace sov::formats
