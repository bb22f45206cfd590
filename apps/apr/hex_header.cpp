#include "apps/apr/hex_header.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "core/format.h"

namespace sov::apr {
namespace {

/// Collects fields in file order; a field beyond the end is told as missing and ends the collection.
class Annotator {
 public:
  explicit Annotator(Bytes file) : file_(file) {}

  template <typename Int>
  uint64_t number(std::string_view name, bool hexadecimal = false) {
    const uint64_t value = peek<Int>(at_);
    add(sizeof(Int), name, hexadecimal ? strf("{:#x}", value) : strf("{}", value));
    return value;
  }
  void text(uint64_t size, std::string_view name) {
    const Bytes bytes = slice(at_, std::min<uint64_t>(size, 48));
    std::string shown;
    for (char c : as_text(bytes))
      shown += c >= 0x20 && c < 0x7f ? std::string(1, c) : strf("\\x{:02x}", uint8_t(c));
    add(size, name, shown + (size > 48 ? "..." : ""));
  }
  void zeros(uint64_t size, std::string_view name) {
    const Bytes bytes = slice(at_, size);
    const bool zero = std::ranges::all_of(bytes, [](std::byte b) { return b == std::byte{0}; });
    add(size, name, zero ? "zero" : "not zero");
  }
  void jump(uint64_t offset) { at_ = offset; }

  template <typename Int>
  uint64_t peek(uint64_t offset) const {
    Int value{};
    const Bytes bytes = slice(offset, sizeof value);
    if (bytes.size() == sizeof value) std::memcpy(&value, bytes.data(), sizeof value);
    return value;
  }
  uint64_t size() const { return file_.size(); }
  uint64_t at() const { return at_; }
  std::vector<HexField> finish() && { return std::move(fields_); }

 private:
  Bytes slice(uint64_t offset, uint64_t size) const {
    if (offset >= file_.size()) return {};
    return file_.subspan(offset, std::min<uint64_t>(size, file_.size() - offset));
  }
  void add(uint64_t size, std::string_view name, std::string value) {
    if (ended_) return;
    ended_ = at_ > file_.size() || size > file_.size() - at_;
    if (ended_) value = strf("needs {} bytes, the file ends at {:#x}", size, file_.size());
    fields_.push_back({at_, size, std::string(name), std::move(value)});
    at_ += size;
  }

  Bytes file_;
  uint64_t at_ = 0;
  bool ended_ = false;
  std::vector<HexField> fields_;
};

void annotate_gguf(Annotator& a) {
  a.text(4, "magic");
  a.number<uint32_t>("version");
  a.number<uint64_t>("tensor count");
  const uint64_t keys = a.number<uint64_t>("metadata key count");
  if (keys == 0) return;
  const uint64_t length = a.number<uint64_t>("first key: length");
  a.text(length, "first key: name");
  a.number<uint32_t>("first key: value type");
}

void annotate_safetensors(Annotator& a) {
  const uint64_t length = a.number<uint64_t>("header length");
  a.text(length, "header JSON");
  a.text(std::min<uint64_t>(16, a.size() > a.at() ? a.size() - a.at() : 0), "first tensor data");
}

void annotate_apr2(Annotator& a) {
  a.text(4, "magic");
  a.number<uint8_t>("version, major");
  a.number<uint8_t>("version, minor");
  a.number<uint16_t>("flags", true);
  a.number<uint32_t>("tensor count");
  const uint64_t metadata = a.number<uint64_t>("metadata offset", true);
  const uint64_t metadata_size = a.number<uint32_t>("metadata size");
  const uint64_t index = a.number<uint64_t>("tensor index offset", true);
  const uint64_t data = a.number<uint64_t>("data offset", true);
  a.number<uint32_t>("header CRC-32", true);
  a.zeros(20, "reserved");
  a.jump(metadata);
  a.text(metadata_size, "metadata JSON");
  a.jump(index);
  const uint64_t name = a.number<uint16_t>("first index entry: name length");
  a.text(name, "first index entry: name");
  a.jump(data);
  a.text(16, "first tensor data");
  if (a.size() < 4) return;
  a.jump(a.size() - 4);
  a.number<uint32_t>("footer CRC-32", true);
}

void annotate_apr1(Annotator& a) {
  a.text(4, "magic");
  const uint64_t length = a.number<uint32_t>("metadata length");
  a.text(length, "metadata JSON");
  a.number<uint32_t>("tensor count");
  const uint64_t index = a.number<uint32_t>("index length");
  a.text(index, "tensor index JSON");
  if (a.size() < 4) return;
  a.jump(a.size() - 4);
  a.number<uint32_t>("footer CRC-32", true);
}

void annotate_aprn(Annotator& a) {
  a.text(4, "magic");
  a.number<uint8_t>("version, major");
  a.number<uint8_t>("version, minor");
  a.number<uint16_t>("model type", true);
  a.number<uint32_t>("metadata size");
  a.number<uint32_t>("payload size");
  a.number<uint32_t>("payload size, uncompressed");
  a.number<uint8_t>("codec");
  a.number<uint8_t>("flags", true);
  a.number<uint8_t>("quality");
  a.zeros(9, "reserved");
}

/// presentar's layered files.
void annotate_layered(Annotator& a) {
  a.text(4, "magic");
  a.number<uint32_t>("version");
  const uint64_t length = a.number<uint32_t>("model type: length");
  a.text(length, "model type");
  a.number<uint32_t>("layers");
}

}  // namespace

std::vector<HexField> annotate_header(Bytes file) {
  Annotator a(file);
  const std::string_view magic = as_text(file.first(std::min<size_t>(file.size(), 4)));
  const std::string_view rest = as_text(file.subspan(std::min<size_t>(file.size(), 4)));
  const bool old_layout = rest.starts_with(std::string_view("\1\0\0\0", 4));
  if (magic == "GGUF") {
    annotate_gguf(a);
  } else if (magic == "APR2" ||
             (magic == std::string_view("APR\0", 4) && !old_layout && a.peek<uint64_t>(12) == 64)) {
    annotate_apr2(a);
  } else if (magic == "APR1" && rest.size() > 4 && rest[4] == '{') {
    annotate_apr1(a);
  } else if (magic == std::string_view("APR\0", 4) && old_layout && a.peek<uint32_t>(8) < 256) {
    annotate_layered(a);
  } else if (magic == "APRN") {
    annotate_aprn(a);
  } else if (file.size() > 8 && rest.size() > 4 && rest[4] == '{') {
    annotate_safetensors(a);
  } else {
    a.text(std::min<uint64_t>(file.size(), 16), "leading bytes (no known header)");
  }
  return std::move(a).finish();
}

std::string hex_rows(Bytes bytes, uint64_t base, size_t width) {
  std::string out;
  for (size_t row = 0; row < bytes.size(); row += width) {
    const Bytes part = bytes.subspan(row, std::min(width, bytes.size() - row));
    out += strf("{:08x} ", base + row);
    for (size_t i = 0; i < width; i++) {
      out += i % 8 == 0 ? " " : "";
      out += i < part.size() ? strf("{:02x} ", static_cast<unsigned>(part[i])) : "   ";
    }
    out += " |";
    for (char c : as_text(part)) out += c >= 0x20 && c < 0x7f ? c : '.';
    out += "|\n";
  }
  return out;
}

}  // namespace sov::apr
