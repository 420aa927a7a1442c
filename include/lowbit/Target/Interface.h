//===- Interface.h - What a caller must know about a network -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_TARGET_INTERFACE_H
#define LOWBIT_TARGET_INTERFACE_H

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <string>
#include <vector>

namespace lowbit::target {

/// One array that crosses the C interface, dense and row-major.
struct Array {
  /// "f32", "i8", "i16" or "i32"; of checksums and time stamps "i64".
  std::string type;
  std::vector<int64_t> shape;

  bool isFloat() const { return type == "f32"; }
  /// Of one element.
  unsigned numBits() const;
  int64_t numElements() const;
  int64_t numBytes() const;
};

/// The C interface of a compiled network:
///   int NAME_run(const T *in0, ..., U *out0, ..., [uint64_t *checksums,]
///                void *workspace);
/// T, U: float, int8_t, int16_t or int32_t.
/// It returns 0, 1 when a pointer is null, 2 when the workspace is not aligned
/// to 64 bytes. The object also holds NAME_interface, this structure as a
/// constant JSON text, by which a shared object describes itself.
struct Interface {
  std::string name;
  std::vector<Array> inputs;
  std::vector<Array> outputs;
  /// Names that belong to the checksums; empty when there are none.
  std::vector<std::string> checksums;
  int64_t workspaceBytes = 0;
  /// The CPUs that an object for several has code for; empty otherwise.
  std::vector<std::string> versions;
  /// That one run uses. With several the object calls LLVM's OpenMP runtime.
  int64_t threads = 1;

  std::string toJson() const;
  static llvm::Expected<Interface> fromJson(llvm::StringRef text);
};

/// The interface of a module at the loops level (after the loops pipeline):
/// its public function's signature and attributes.
mlir::FailureOr<Interface> getInterface(mlir::ModuleOp module,
                                        llvm::StringRef name);

/// The C header of the interface. `summary` is put into its opening comment.
std::string makeHeader(const Interface &interface, llvm::StringRef summary);

} // namespace lowbit::target

#endif // LOWBIT_TARGET_INTERFACE_H
