#pragma once
// The functions of elementwise.def by name.

namespace sov::compute {

#define SOV_NAME(name, expression) name,
#define SOV_NONE(name, expression)
#define SOV_UNARY SOV_NAME
#define SOV_SCALED SOV_NONE
#define SOV_BINARY SOV_NONE
/// Functions of one array.
enum class Unary {
#include "compute/elementwise.def"
  count
};
#undef SOV_UNARY
#undef SOV_SCALED
#define SOV_UNARY SOV_NONE
#define SOV_SCALED SOV_NAME
/// Functions of one array and a number.
enum class Scaled {
#include "compute/elementwise.def"
  count
};
#undef SOV_SCALED
#undef SOV_BINARY
#define SOV_SCALED SOV_NONE
#define SOV_BINARY SOV_NAME
/// Functions of two arrays.
enum class Binary {
#include "compute/elementwise.def"
  count
};
#undef SOV_UNARY
#undef SOV_SCALED
#undef SOV_BINARY
#undef SOV_NAME
#undef SOV_NONE

}  // namespace sov::compute
