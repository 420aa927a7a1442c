//===- LowbitInterfaces.td - What element types share ------*- tablegen -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_DIALECTS_LOWBIT_LOWBITINTERFACES_TD
#define LOWBIT_DIALECTS_LOWBIT_LOWBITINTERFACES_TD

include "mlir/IR/OpBase.td"

def Lowbit_LevelSetTypeInterface : TypeInterface<"LevelSetTypeInterface"> {
  let description = [{
    A type whose values are codes of a level set. Implemented by every element
    type of the dialect except `packed`.
  }];
  let cppNamespace = "::lowbit";
  let methods = [
    InterfaceMethod<"The levels and their codes.",
      "::lowbit::numerics::LevelSet", "getLevelSet">,
  ];
}

#endif // LOWBIT_DIALECTS_LOWBIT_LOWBITINTERFACES_TD
