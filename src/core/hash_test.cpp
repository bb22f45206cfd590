#include "core/hash.h"

#include <fstream>
#include <gtest/gtest.h>

namespace sov {
namespace {

std::string counting_bytes(size_t length) {
  std::string text(length, '\0');
  for (size_t i = 0; i < length; i++) text[i] = static_cast<char>(i % 251);
  return text;
}

TEST(Sha256, Fips180Examples) {
  EXPECT_EQ(hex(sha256(as_bytes(""))), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(sha256(as_bytes("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Crc32, CheckValueAndChaining) {
  EXPECT_EQ(crc32(as_bytes("123456789")), 0xCBF43926U);
  EXPECT_EQ(crc32(as_bytes("6789"), crc32(as_bytes("12345"))), 0xCBF43926U);
  EXPECT_EQ(crc32({}), 0U);
}

TEST(Blake3, AgreesWithTheReferenceImplementation) {
  std::ifstream vectors("tests/golden/core/blake3.txt");
  size_t length = 0;
  std::string want;
  int rows = 0;
  while (vectors >> length >> want) {
    EXPECT_EQ(hex(blake3(as_bytes(counting_bytes(length)))), want) << length << " bytes";
    rows++;
  }
  EXPECT_EQ(rows, 30);
}

TEST(Blake3, PiecesGiveTheSameDigest) {
  const std::string text = counting_bytes(10000);
  for (const size_t piece : {1U, 63U, 64U, 65U, 1000U, 1024U, 4097U}) {
    Blake3 hasher;
    for (size_t i = 0; i < text.size(); i += piece) hasher.update(as_bytes(text.substr(i, piece)));
    EXPECT_EQ(hasher.finish(), blake3(as_bytes(text))) << piece;
  }
}

}  // namespace
}  // namespace sov
