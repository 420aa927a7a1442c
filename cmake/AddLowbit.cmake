# Wrappers over CMake and MLIR's TableGen helpers, so that the CMake file of a
# room is a few lines. Everything is linked to libMLIR.so and libLLVM.so, never
# to MLIR's archives: a plugin with its own copy of MLIR would not share type
# identities with mlir-opt.

set(LOWBIT_INSTALL_INCLUDE "include/lowbit-root")
set_property(GLOBAL PROPERTY LOWBIT_TABLEGEN_TARGETS "")

# lowbit_precompile(TARGET): MLIR's headers are most of the work of compiling a
# file; libraries that use MLIR share one precompiled header of them.
function(lowbit_precompile target)
  if(NOT LOWBIT_PRECOMPILE_HEADERS)
    return()
  endif()
  if(NOT TARGET LowbitPrecompiled)
    add_library(LowbitPrecompiled STATIC "${PROJECT_SOURCE_DIR}/cmake/Precompiled.cpp")
    target_precompile_headers(LowbitPrecompiled PRIVATE
      "$<$<COMPILE_LANGUAGE:CXX>:${PROJECT_SOURCE_DIR}/cmake/Precompiled.h>")
  endif()
  target_precompile_headers(${target} REUSE_FROM LowbitPrecompiled)
endfunction()

# lowbit_library(NAME sources... [LINK_LIBS libs...] [MLIR])
# A static library in our export set, with the alias Lowbit::NAME. MLIR links
# libMLIR and waits for all generated headers; without it only libLLVM is
# linked, and Numerics links nothing at all.
function(lowbit_library name)
  cmake_parse_arguments(ARG "MLIR;NO_LLVM" "" "LINK_LIBS" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  add_library(Lowbit::${name} ALIAS ${name})
  target_include_directories(${name} INTERFACE
    "$<INSTALL_INTERFACE:${LOWBIT_INSTALL_INCLUDE}>"
    "$<INSTALL_INTERFACE:${LOWBIT_INSTALL_INCLUDE}/include>")
  target_link_libraries(${name} PUBLIC ${ARG_LINK_LIBS})
  if(ARG_MLIR)
    target_link_libraries(${name} PUBLIC MLIR LLVM)
    lowbit_precompile(${name})
    get_property(generated GLOBAL PROPERTY LOWBIT_TABLEGEN_TARGETS)
    if(generated)
      add_dependencies(${name} ${generated})
    endif()
  elseif(NOT ARG_NO_LLVM)
    target_link_libraries(${name} PUBLIC LLVM)
  endif()
  install(TARGETS ${name} EXPORT LowbitTargets ARCHIVE DESTINATION lib)
endfunction()

# lowbit_room(NAME mnemonic sources...)
# One dialect: runs TableGen over <NAME>Ops.td (which includes the other
# .td files of the room), builds Lowbit<NAME>Dialect and its reference page.
function(lowbit_room name mnemonic)
  cmake_parse_arguments(ARG "" "" "LINK_LIBS" ${ARGN})
  set(LLVM_TARGET_DEFINITIONS ${name}Ops.td)
  mlir_tablegen(${name}Dialect.h.inc -gen-dialect-decls -dialect=${mnemonic})
  mlir_tablegen(${name}Dialect.cpp.inc -gen-dialect-defs -dialect=${mnemonic})
  mlir_tablegen(${name}Enums.h.inc -gen-enum-decls)
  mlir_tablegen(${name}Enums.cpp.inc -gen-enum-defs)
  mlir_tablegen(${name}Attrs.h.inc -gen-attrdef-decls -attrdefs-dialect=${mnemonic})
  mlir_tablegen(${name}Attrs.cpp.inc -gen-attrdef-defs -attrdefs-dialect=${mnemonic})
  mlir_tablegen(${name}Types.h.inc -gen-typedef-decls -typedefs-dialect=${mnemonic})
  mlir_tablegen(${name}Types.cpp.inc -gen-typedef-defs -typedefs-dialect=${mnemonic})
  mlir_tablegen(${name}Ops.h.inc -gen-op-decls)
  mlir_tablegen(${name}Ops.cpp.inc -gen-op-defs)
  # The generator emits only what the main file itself declares.
  set(LLVM_TARGET_DEFINITIONS ${name}Interfaces.td)
  mlir_tablegen(${name}TypeInterfaces.h.inc -gen-type-interface-decls)
  mlir_tablegen(${name}TypeInterfaces.cpp.inc -gen-type-interface-defs)
  add_public_tablegen_target(Lowbit${name}IncGen)
  set_property(GLOBAL APPEND PROPERTY LOWBIT_TABLEGEN_TARGETS Lowbit${name}IncGen)
  lowbit_library(Lowbit${name}Dialect ${ARG_UNPARSED_ARGUMENTS} MLIR
                 LINK_LIBS ${ARG_LINK_LIBS})
  lowbit_reference_page(${name}Dialect ${name}Ops.td -gen-dialect-doc -dialect=${mnemonic})
endfunction()

# lowbit_passes(GROUP): TableGen over Passes.td of an include folder.
function(lowbit_passes group)
  set(LLVM_TARGET_DEFINITIONS Passes.td)
  mlir_tablegen(Passes.h.inc -gen-pass-decls -name=${group})
  add_public_tablegen_target(Lowbit${group}PassesIncGen)
  set_property(GLOBAL APPEND PROPERTY LOWBIT_TABLEGEN_TARGETS Lowbit${group}PassesIncGen)
  lowbit_reference_page(${group}Passes Passes.td -gen-pass-doc)
endfunction()

# lowbit_reference_page(PAGE file.td generator-arguments...)
# Writes build/docs/reference/PAGE.md; scripts/docs compares it with the
# committed page. MLIR's add_mlir_doc would add site-specific markup.
function(lowbit_reference_page page td)
  set(output "${PROJECT_BINARY_DIR}/docs/reference/${page}.md")
  set(LLVM_TARGET_DEFINITIONS ${td})
  tablegen(MLIR ${page}.md ${ARGN} EXTRA_INCLUDES ${MLIR_INCLUDE_DIRS})
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_CURRENT_BINARY_DIR}/${page}.md ${output}
    DEPENDS ${CMAKE_CURRENT_BINARY_DIR}/${page}.md)
  add_custom_target(doc-${page} DEPENDS ${output})
  if(NOT TARGET lowbit-docs)
    add_custom_target(lowbit-docs)
  endif()
  add_dependencies(lowbit-docs doc-${page})
endfunction()

# lowbit_tool(NAME sources... LINK_LIBS libs...): an installed program.
function(lowbit_tool name)
  cmake_parse_arguments(ARG "" "" "LINK_LIBS" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  set_target_properties(${name} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
  target_link_libraries(${name} PRIVATE ${ARG_LINK_LIBS} MLIR LLVM)
  get_property(generated GLOBAL PROPERTY LOWBIT_TABLEGEN_TARGETS)
  add_dependencies(${name} ${generated})
  install(TARGETS ${name} RUNTIME DESTINATION bin)
endfunction()

# lowbit_unittest(NAME sources... LINK_LIBS libs...): GoogleTest under ctest.
function(lowbit_unittest name)
  cmake_parse_arguments(ARG "" "" "LINK_LIBS" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE ${ARG_LINK_LIBS} GTest::gtest_main)
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60
    PROPERTIES ENVIRONMENT "LOWBIT_SHARED=${PROJECT_SOURCE_DIR}/../shared")
endfunction()
