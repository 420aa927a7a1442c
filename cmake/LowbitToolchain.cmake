# Finds LLVM and MLIR 22.1 and sets the flags that hold for all of our code.

# The package's version file wants major.minor: "22" alone is refused.
find_package(MLIR 22.1 REQUIRED CONFIG HINTS /usr/lib/llvm-22/lib/cmake/mlir)
list(APPEND CMAKE_MODULE_PATH "${MLIR_CMAKE_DIR}" "${LLVM_CMAKE_DIR}")
set(LLVM_RUNTIME_OUTPUT_INTDIR "${CMAKE_BINARY_DIR}/bin")
set(LLVM_LIBRARY_OUTPUT_INTDIR "${CMAKE_BINARY_DIR}/lib")
include(TableGen)
include(AddLLVM)
include(AddMLIR)

set(LOWBIT_LIT "${LLVM_TOOLS_BINARY_DIR}/lit" CACHE FILEPATH "lit, from the LLVM package")

# TableGen takes its include path from directory properties, not from targets.
include_directories(SYSTEM ${LLVM_INCLUDE_DIRS} ${MLIR_INCLUDE_DIRS})
include_directories("${PROJECT_SOURCE_DIR}" "${PROJECT_BINARY_DIR}"
                    "${PROJECT_SOURCE_DIR}/include" "${PROJECT_BINARY_DIR}/include")
separate_arguments(llvm_definitions NATIVE_COMMAND "${LLVM_DEFINITIONS}")
add_definitions(${llvm_definitions})

# -ffp-contract=off: the evaluator and the folders promise separate roundings.
add_compile_options(-Wall -Wextra -Wno-unused-parameter -ffp-contract=off
                    "$<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions>")
if(LOWBIT_PRECOMPILE_HEADERS AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # The same header gives the same bytes, so that ccache can tell.
  add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:SHELL:-Xclang -fno-pch-timestamp>")
endif()
if(LOWBIT_WARNINGS_AS_ERRORS)
  add_compile_options(-Werror)
endif()
if(LOWBIT_ENABLE_ASSERTIONS)
  # LLVM's package config fixes LLVM_ENABLE_ASSERTIONS and with it NDEBUG.
  add_compile_options(-UNDEBUG)
endif()
if(LOWBIT_SANITIZE)
  add_compile_options(-fsanitize=${LOWBIT_SANITIZE} -fno-sanitize=vptr -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${LOWBIT_SANITIZE})
endif()

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_C_COMPILER_LAUNCHER "${CCACHE}")
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
endif()
find_program(LLD NAMES ld.lld-22 ld.lld HINTS "${LLVM_TOOLS_BINARY_DIR}")
if(LLD AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  add_link_options("--ld-path=${LLD}")
endif()
