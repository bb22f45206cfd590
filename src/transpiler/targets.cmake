# The Rust runtime, the library's tables and its classes in Python become part of the library as text.
file(GLOB runtime_parts CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/transpiler/runtime/*.rs)
file(GLOB library_tables CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/transpiler/library/*.sig)
file(GLOB library_classes CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/transpiler/library/classes/*.py)
set(embedded ${CMAKE_BINARY_DIR}/generated/transpiler_embedded.cpp)
add_custom_command(
  OUTPUT ${embedded}
  COMMAND ${CMAKE_COMMAND} -DOUT=${embedded} "-DRUNTIME=${runtime_parts}" "-DTABLES=${library_tables}"
          "-DCLASSES=${library_classes}" -P ${CMAKE_SOURCE_DIR}/cmake/embed_text.cmake
  DEPENDS ${runtime_parts} ${library_tables} ${library_classes}
          ${CMAKE_SOURCE_DIR}/cmake/embed_text.cmake
  VERBATIM)
target_sources(transpiler PRIVATE ${embedded})
