# The searches of the quantiser (src/compute/quant/searches.h): loops over vectors as well.
set_source_files_properties(${CMAKE_SOURCE_DIR}/src/compute/quant/searches_base.cpp PROPERTIES COMPILE_OPTIONS "-O3")

# Processor flags of the SIMD tiers; which one runs is chosen at run time (src/compute/hardware.h). Always optimised:
# these files are loops over vectors that are useless to step through and a hundred times slower without.
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  set(sov_flags_sse4 -msse4.2)
  set(sov_flags_avx2 -mavx2 -mfma -mf16c)
  set(sov_flags_avx512 -mavx2 -mfma -mf16c -mavx512f -mavx512bw -mavx512dq -mavx512vl -mavx512vnni)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC 12's own avx512fintrin.h trips it (its "undefined" registers), GCC bug 105593.
    list(APPEND sov_flags_avx512 -Wno-maybe-uninitialized -Wno-uninitialized)
  endif()
  if(SOV_EMULATE_AVX512)
    set(sov_flags_avx512 ${sov_flags_avx2} -isystem ${CMAKE_SOURCE_DIR}/tests/emulation -Wno-psabi)
    set_source_files_properties(${CMAKE_SOURCE_DIR}/src/compute/cpu/tiers.cpp
                                ${CMAKE_SOURCE_DIR}/src/compute/hardware_test.cpp
                                PROPERTIES COMPILE_DEFINITIONS SOV_EMULATE_AVX512)
  endif()
  foreach(tier sse4 avx2 avx512)
    set_source_files_properties(${CMAKE_SOURCE_DIR}/src/compute/cpu/kernels_${tier}.cpp
                                ${CMAKE_SOURCE_DIR}/src/compute/cpu/kernels_${tier}_strict.cpp
                                ${CMAKE_SOURCE_DIR}/src/compute/cpu/array_kernels_${tier}.cpp
                                PROPERTIES COMPILE_OPTIONS "-O3;${sov_flags_${tier}}")
  endforeach()
  set_source_files_properties(${CMAKE_SOURCE_DIR}/src/compute/quant/searches_avx2.cpp
                              PROPERTIES COMPILE_OPTIONS "-O3;${sov_flags_avx2}")
else()
  set_source_files_properties(${CMAKE_SOURCE_DIR}/src/compute/cpu/kernels_portable.cpp
                              ${CMAKE_SOURCE_DIR}/src/compute/cpu/kernels_portable_strict.cpp
                              ${CMAKE_SOURCE_DIR}/src/compute/cpu/array_kernels_portable.cpp
                              PROPERTIES COMPILE_OPTIONS "-O3")
endif()
