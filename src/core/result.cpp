#include "core/result.h"

#include <array>

#include "core/check.h"

namespace sov {
namespace {

struct CodeRow {
  Code code;
  std::string_view name;
  int exit_status;
};

constexpr std::array<CodeRow, 13> kCodes{{
    {Code::internal, "error", 1},
    {Code::usage, "usage", 2},
    {Code::not_found, "not found", 3},
    {Code::corrupt, "corrupt", 4},
    {Code::validation, "validation", 5},
    {Code::model, "model", 6},
    {Code::io, "i/o", 7},
    {Code::inference, "inference", 8},
    {Code::unsupported, "unsupported", 9},
    {Code::network, "network", 10},
    {Code::http_not_found, "http 404", 11},
    {Code::exhausted, "exhausted", 8},
    {Code::cancelled, "cancelled", 130},
}};

const CodeRow& row(Code code) {
  for (const CodeRow& r : kCodes) {
    if (r.code == code) return r;
  }
  check_failed("every Code has a row", __FILE__, __LINE__);
}

}  // namespace

std::string_view code_name(Code code) { return row(code).name; }
int exit_status(Code code) { return row(code).exit_status; }

}  // namespace sov
