#include "apps/apr/model_summary.h"
#include "build_info.h"

namespace sov::apr {

Json provenance(const App&) {
  Json out = Json::object();
  out.set("version", SOV_VERSION)
      .set("commit", SOV_COMMIT)
      .set("build", SOV_BUILD_TYPE)
      .set("compiler", SOV_COMPILER);
  return out;
}

}  // namespace sov::apr
