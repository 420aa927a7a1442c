#!/usr/bin/env bash
# Installs a build into a scratch prefix and builds and runs a project that uses
# the package from there.
#
#     test/Package/run.sh <build folder>
set -euo pipefail

build="$(CDPATH="" cd -- "${1:?usage: run.sh <build folder>}" && pwd)"
consumer="$(CDPATH="" cd -- "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT

cached() {
  sed -n "s/^$1:[A-Z]*=//p" "$build/CMakeCache.txt"
}

cmake --install "$build" --prefix "$scratch/prefix" >"$scratch/install.log" ||
  { cat "$scratch/install.log"; exit 1; }
cmake -G Ninja -S "$consumer" -B "$scratch/build" \
  -DCMAKE_BUILD_TYPE=Release \
  -DCMAKE_C_COMPILER="$(cached CMAKE_C_COMPILER)" \
  -DCMAKE_CXX_COMPILER="$(cached CMAKE_CXX_COMPILER)" \
  -DCMAKE_PREFIX_PATH="$scratch/prefix"
cmake --build "$scratch/build"

"$scratch/build/consumer" | tee "$scratch/output"
grep -q 'tensor<4x!lowbit.ternary>' "$scratch/output"
grep -q '^-1 0 1 1 ternary$' "$scratch/output"
