// APR in all its variants, told apart by their first bytes as for any file. Checksums are left unread: random
// bytes would not get past them.

#include "formats/apr.h"
#include "formats/fuzz_model.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sov::formats;
  const sov::Bytes bytes(reinterpret_cast<const std::byte*>(data), size);
  if (!looks_like_apr(bytes)) return -1;
  ModelFile model;
  const auto read = read_apr(bytes, kFuzzName, kFuzzOptions, model);
  if (read) {
    check_model(model, bytes);
  } else {
    check_refusal(read.error());
  }
  return 0;
}
