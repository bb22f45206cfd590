# For tools/parity and bench; not part of what ships.
add_executable(tokenizer_tool EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/tools/parity/tokenizer_tool.cpp)
target_link_libraries(tokenizer_tool PRIVATE text)
add_executable(template_tool EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/tools/parity/template_tool.cpp)
target_link_libraries(template_tool PRIVATE text)
