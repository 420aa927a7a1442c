# Installation: our own export set, so that users say find_package(Lowbit) and
# link Lowbit::<library>. Rooms are installed below a root of their own, which
# keeps the spelling "dialects/Lowbit/LowbitOps.h" valid after installation.
include(CMakePackageConfigHelpers)

set(package_dir lib/cmake/Lowbit)
install(EXPORT LowbitTargets NAMESPACE Lowbit:: DESTINATION ${package_dir})
configure_package_config_file(cmake/LowbitConfig.cmake.in
  "${PROJECT_BINARY_DIR}/LowbitConfig.cmake" INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file("${PROJECT_BINARY_DIR}/LowbitConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/LowbitConfig.cmake"
              "${PROJECT_BINARY_DIR}/LowbitConfigVersion.cmake"
        DESTINATION ${package_dir})

set(headers FILES_MATCHING PATTERN "*.h" PATTERN "*.td" PATTERN "*.h.inc")
install(DIRECTORY dialects DESTINATION ${LOWBIT_INSTALL_INCLUDE} ${headers})
install(DIRECTORY "${PROJECT_BINARY_DIR}/dialects"
        DESTINATION ${LOWBIT_INSTALL_INCLUDE} ${headers} PATTERN "CMakeFiles" EXCLUDE)
install(DIRECTORY include/lowbit DESTINATION ${LOWBIT_INSTALL_INCLUDE}/include ${headers})
install(DIRECTORY "${PROJECT_BINARY_DIR}/include/lowbit"
        DESTINATION ${LOWBIT_INSTALL_INCLUDE}/include ${headers} PATTERN "CMakeFiles" EXCLUDE)
