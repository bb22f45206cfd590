# What runs in a browser: the translator as one WebAssembly module, for the page of apps/depyler-page, and compute with its tests, for its
# simd128 tier. UTF8PROC_SOURCE and ZLIB_SOURCE are folders with the source of these libraries, which Debian packages for real machines only.
enable_language(C)
set(UTF8PROC_SOURCE "" CACHE PATH "unpacked source of utf8proc")
if(NOT EXISTS ${UTF8PROC_SOURCE}/utf8proc.c)
  message(FATAL_ERROR "UTF8PROC_SOURCE: no utf8proc.c in '${UTF8PROC_SOURCE}' (tools/wasm fetches it)")
endif()

# Libraries of headers alone, without the C library's headers that stand beside them.
foreach(header fmt tl nlohmann)
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/include)
  file(CREATE_LINK /usr/include/${header} ${CMAKE_BINARY_DIR}/include/${header} SYMBOLIC)
endforeach()

add_library(utf8proc STATIC ${UTF8PROC_SOURCE}/utf8proc.c)
target_compile_definitions(utf8proc PUBLIC UTF8PROC_STATIC)
target_include_directories(utf8proc SYSTEM PUBLIC ${UTF8PROC_SOURCE})

set(parts check format json limits result stack text_width utf8)
list(TRANSFORM parts REPLACE "(.+)" "${CMAKE_SOURCE_DIR}/src/core/\\1.cpp")
add_library(core STATIC ${parts})
target_compile_options(core PUBLIC -Wall -Wextra -Wpedantic -Werror -fno-exceptions -ffunction-sections)
target_compile_definitions(core PUBLIC JSON_NOEXCEPTION)
target_include_directories(core PUBLIC ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR})
target_include_directories(core SYSTEM PUBLIC ${CMAKE_BINARY_DIR}/include)
target_link_libraries(core PUBLIC utf8proc)

file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/transpiler/*.cpp)
list(FILTER sources EXCLUDE REGEX "_(test|fuzz|bench)\\.cpp$|/oracle/")
add_library(transpiler STATIC ${sources})
target_link_libraries(transpiler PUBLIC core)
include(${CMAKE_SOURCE_DIR}/src/transpiler/targets.cmake)

add_executable(depyler_page ${CMAKE_SOURCE_DIR}/apps/depyler-page/page.cpp)
target_link_libraries(depyler_page PRIVATE transpiler)
target_link_options(depyler_page PRIVATE -mexec-model=reactor -Wl,-z,stack-size=4194304 -Wl,--strip-all -Wl,--gc-sections)
set_target_properties(depyler_page PROPERTIES SUFFIX .wasm RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

# The tests of compute, run by node (tools/wasm_test.mjs, in `make test-full`): GoogleTest without threads and exceptions, of the sources that Debian ships.
set(ZLIB_SOURCE "" CACHE PATH "unpacked source of zlib")
set(googletest /usr/src/googletest)
file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/compute/*.cpp)
# Of other processors, and what reads files (as the system of WASI offers them) or /proc.
list(FILTER sources EXCLUDE REGEX "_(avx2|avx512|sse4)(_strict)?\\.cpp$|/(cpuid|hardware|hardware_test|speed|codec_test|array_golden_test)\\.cpp$|_fuzz\\.cpp$")
add_executable(compute_test EXCLUDE_FROM_ALL ${sources} ${CMAKE_SOURCE_DIR}/src/core/hash.cpp ${CMAKE_SOURCE_DIR}/src/core/portable_math.cpp ${ZLIB_SOURCE}/crc32.c
               ${googletest}/googletest/src/gtest-all.cc ${googletest}/googletest/src/gtest_main.cc ${googletest}/googlemock/src/gmock-all.cc)
target_compile_options(compute_test PRIVATE -msimd128 -ffp-contract=off)
target_compile_definitions(compute_test PRIVATE GTEST_HAS_PTHREAD=0 GTEST_HAS_EXCEPTIONS=0 GTEST_HAS_STREAM_REDIRECTION=0 GTEST_HAS_DEATH_TEST=0
                           GTEST_HAS_CLONE=0 GTEST_HAS_POSIX_RE=0 HAVE_UNISTD_H)
target_include_directories(compute_test SYSTEM PRIVATE ${googletest}/googletest ${googletest}/googletest/include ${googletest}/googlemock
                           ${googletest}/googlemock/include ${ZLIB_SOURCE})
target_link_libraries(compute_test PRIVATE core)
target_link_options(compute_test PRIVATE -Wl,-z,stack-size=8388608 -Wl,--stack-first)
set_source_files_properties(${googletest}/googletest/src/gtest-all.cc ${googletest}/googletest/src/gtest_main.cc ${googletest}/googlemock/src/gmock-all.cc
                            ${ZLIB_SOURCE}/crc32.c PROPERTIES COMPILE_OPTIONS -w)
set_target_properties(compute_test PROPERTIES SUFFIX .wasm RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
