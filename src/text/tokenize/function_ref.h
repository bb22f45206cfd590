#pragma once
// A non-owning reference to a callable, for callbacks that never outlive the call they are passed to.

#include <type_traits>
#include <utility>

namespace sov::text {

template <typename Signature>
class FunctionRef;

template <typename R, typename... Args>
class FunctionRef<R(Args...)> {
 public:
  template <typename F>
    requires(!std::is_same_v<std::remove_cvref_t<F>, FunctionRef>)
  FunctionRef(F&& callable)
      : context_(const_cast<void*>(static_cast<const void*>(&callable))),
        call_([](void* context, Args... args) -> R {
          return (*static_cast<std::remove_reference_t<F>*>(context))(std::forward<Args>(args)...);
        }) {}
  R operator()(Args... args) const { return call_(context_, std::forward<Args>(args)...); }

 private:
  void* context_;
  R (*call_)(void*, Args...);
};

}  // namespace sov::text
