#include "apps/apr/app.h"

int main(int argc, char** argv) {
  return sov::apr::run_program(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
}
