// Every file of tests/data/malformed (made by tools/golden/make_malformed.py) and what opening it must
// answer.

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <gtest/gtest.h>
#include <malloc.h>
#include <new>

#include "formats/model_file.h"

#ifdef __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#include <sanitizer/allocator_interface.h>
#define SOV_SANITIZER_HOOKS 1
#endif
#endif

namespace {

/// Bytes that this program holds through new, and the most since the last reset.
std::atomic<int64_t> held{0}, peak{0};

void count_taken(size_t size) {
  const auto bytes = static_cast<int64_t>(size);
  const int64_t now = held.fetch_add(bytes) + bytes;
  int64_t before = peak.load();
  while (before < now && !peak.compare_exchange_weak(before, now)) {
  }
}

void count_given(size_t size) { held.fetch_sub(static_cast<int64_t>(size)); }

}  // namespace

#ifdef SOV_SANITIZER_HOOKS

// The sanitizers bring their own operator new, and tell of every allocation when asked.
namespace {
const int installed = __sanitizer_install_malloc_and_free_hooks(
    [](const volatile void*, size_t size) { count_taken(size); },
    [](const volatile void* memory) {
      count_given(__sanitizer_get_allocated_size(const_cast<void*>(memory)));
    });
}  // namespace

#else

namespace {

void* take(size_t size) {
  void* memory = std::malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  count_taken(malloc_usable_size(memory));
  return memory;
}

void give(void* memory) noexcept {
  if (memory != nullptr) count_given(malloc_usable_size(memory));
  std::free(memory);
}

}  // namespace

void* operator new(size_t size) { return take(size); }
void* operator new[](size_t size) { return take(size); }
// Without memory these end the test: take() throws.
void* operator new(size_t size, const std::nothrow_t&) noexcept { return take(size); }
void* operator new[](size_t size, const std::nothrow_t&) noexcept { return take(size); }
void operator delete(void* memory) noexcept { give(memory); }
void operator delete[](void* memory) noexcept { give(memory); }
void operator delete(void* memory, size_t) noexcept { give(memory); }
void operator delete[](void* memory, size_t) noexcept { give(memory); }

#endif

namespace sov::formats {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = "tests/data/malformed";

std::vector<Json> cases() {
  const auto text = read_text(kFolder / "cases.json");
  if (!text) return {};
  const auto json = parse_json(*text);
  return json ? json->items() : std::vector<Json>();
}

/// The kind's word and the message; "ok" and the warnings when it opens.
std::pair<std::string, std::string> answer(const Json& row) {
  OpenOptions options{.verify = Verify::all};
  options.max_decompressed = static_cast<uint64_t>(
      row.int_or("max_decompressed", static_cast<int64_t>(options.max_decompressed)).value());
  const auto model = open_model(kFolder / row.find("file")->string(), options);
  if (!model) return {std::string(code_id(model.error().code())), model.error().message()};
  std::string warnings;
  for (const std::string& warning : (*model)->warnings) warnings += warning + "\n";
  return {"ok", warnings};
}

TEST(Malformed, EachIsAnsweredAsItsRowSays) {
  const std::vector<Json> rows = cases();
  ASSERT_GT(rows.size(), 400U);
  for (const Json& row : rows) {
    const std::string file = row.find("file")->string();
    const auto [code, message] = answer(row);
    EXPECT_EQ(code, row.find("code")->string()) << file << ": " << message;
    for (const Json& part : row.find("says")->items()) {
      EXPECT_NE(message.find(part.string()), std::string::npos)
          << file << "\n  wanted: " << part.string() << "\n  got:    " << message;
    }
  }
}

/// What, where, wanted, got: the file's path and an offset, then both words.
TEST(Malformed, RefusalsSayWhereWantedAndGot) {
  for (const Json& row : cases()) {
    const auto [code, message] = answer(row);
    if (code == "ok" || code == "not_found" || code == "io") continue;
    EXPECT_TRUE(message.starts_with(kFolder.string())) << message;
    for (const std::string_view part : {" @0x", "wanted", "got"}) {
      EXPECT_NE(message.find(part), std::string::npos) << message;
    }
  }
}

/// Files of a few hundred bytes that claim up to 2^64 of everything.
TEST(Malformed, ClaimsAllocateNothing) {
#ifdef SOV_SANITIZER_HOOKS
  constexpr int64_t kMost = 8 << 20;  // malloc is counted too: zstd's workspace and the allowed megabyte
#else
  constexpr int64_t kMost = 4 << 20;
#endif
  const std::vector<Json> rows = cases();
  for (const Json& row : rows) {
    const int64_t before = held.load();
    peak = before;
    const auto [code, message] = answer(row);
    EXPECT_LT(peak.load() - before, kMost) << row.find("file")->string() << ": " << message;
  }
}

}  // namespace
}  // namespace sov::formats
