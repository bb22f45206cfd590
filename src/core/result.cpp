#include "core/result.h"

#include <array>

#include "core/check.h"

namespace sov {
namespace {

struct CodeRow {
  Code code;
  std::string_view name;
  std::string_view id;
  int exit_status;
};

constexpr std::array<CodeRow, 13> kCodes{{
    {Code::internal, "error", "internal", 1},
    {Code::usage, "usage", "usage", 2},
    {Code::not_found, "not found", "not_found", 3},
    {Code::corrupt, "corrupt", "corrupt", 4},
    {Code::validation, "validation", "validation", 5},
    {Code::model, "model", "model", 6},
    {Code::io, "i/o", "io", 7},
    {Code::inference, "inference", "inference", 8},
    {Code::unsupported, "unsupported", "unsupported", 9},
    {Code::network, "network", "network", 10},
    {Code::http_not_found, "http 404", "http_not_found", 11},
    {Code::exhausted, "exhausted", "exhausted", 8},
    {Code::cancelled, "cancelled", "cancelled", 130},
}};

const CodeRow& row(Code code) {
  for (const CodeRow& r : kCodes) {
    if (r.code == code) return r;
  }
  check_failed("every Code has a row", __FILE__, __LINE__);
}

}  // namespace

std::string_view code_name(Code code) { return row(code).name; }
std::string_view code_id(Code code) { return row(code).id; }
int exit_status(Code code) { return row(code).exit_status; }

}  // namespace sov
