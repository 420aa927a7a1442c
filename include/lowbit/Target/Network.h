//===- Network.h - Compiled networks that can be called -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_TARGET_NETWORK_H
#define LOWBIT_TARGET_NETWORK_H

#include "lowbit/Target/Interface.h"
#include "llvm/ADT/ArrayRef.h"

#include <memory>

namespace lowbit::target {

/// A network in machine code of this process: an object in memory, or a shared
/// object file. `run` may be called from several threads, each with its own
/// workspace.
class Network {
public:
  virtual ~Network();

  const Interface &interface() const { return description; }

  /// Calls NAME_run. Arrays are in the order of the interface (with the
  /// checksums, if any, as the last output); `workspace` has workspaceBytes
  /// aligned to 64. Returns what the function returns.
  int run(llvm::ArrayRef<const void *> inputs, llvm::ArrayRef<void *> outputs,
          void *workspace) const;

protected:
  Interface description;
  void *entry = nullptr;
};

/// Loads an object file that emitObject made for this machine.
llvm::Expected<std::unique_ptr<Network>> loadObject(llvm::ArrayRef<char> object,
                                                    const Interface &interface);

/// Opens a shared object made by `lowbit compile --shared`; it describes
/// itself.
llvm::Expected<std::unique_ptr<Network>> openShared(llvm::StringRef path);

/// Memory for one run, aligned to 64 bytes.
class Workspace {
public:
  explicit Workspace(const Interface &interface);
  ~Workspace();
  Workspace(const Workspace &) = delete;
  Workspace &operator=(const Workspace &) = delete;
  void *data() const { return bytes; }

private:
  void *bytes;
};

} // namespace lowbit::target

#endif // LOWBIT_TARGET_NETWORK_H
