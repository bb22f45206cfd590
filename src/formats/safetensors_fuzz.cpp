// One SafeTensors file: whatever opens has its tensors inside the file; whatever does not says why.

#include "formats/fuzz_model.h"
#include "formats/safetensors.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace sov::formats;
  const sov::Bytes bytes(reinterpret_cast<const std::byte*>(data), size);
  ModelFile model;
  const auto read = read_safetensors(bytes, kFuzzName, 0, model);
  if (read) {
    check_model(model, bytes);
  } else {
    check_refusal(read.error());
  }
  return 0;
}
