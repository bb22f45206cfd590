// How much of the calling thread's stack is left, for recursion whose depth comes from outside.

#pragma once

#include <cstddef>

namespace sov {

/// Bytes between the caller's frame and the end of this thread's stack; SIZE_MAX where the system does not
/// say. The bounds are looked up once a thread (pthread_getattr_np(3)); later calls compare two addresses.
size_t stack_left();

}  // namespace sov
