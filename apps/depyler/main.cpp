#include "apps/depyler/app.h"

int main(int argc, char** argv) {
  return sov::depyler::run_program(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
}
