//===- Core.cpp - The core that a measurement runs on -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Core.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Errno.h"

#ifdef __linux__
#include <sched.h>
#endif

using namespace mlir;
using namespace lowbit;
using namespace lowbit::driver;

#ifdef __linux__

LogicalResult driver::checkCore(unsigned core, Console &console) {
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof(allowed), &allowed) != 0)
    return console.error("cannot ask which cores this process may use: " +
                         llvm::sys::StrError());
  if (core < CPU_SETSIZE && CPU_ISSET(core, &allowed))
    return success();
  SmallVector<std::string> others;
  for (unsigned other = 0; other != CPU_SETSIZE; ++other)
    if (CPU_ISSET(other, &allowed))
      others.push_back(std::to_string(other));
  return console.error("cannot run on core " + Twine(core) +
                       "; this process may use " + llvm::join(others, ", "));
}

FailureOr<std::optional<unsigned>>
driver::pinToCore(std::optional<unsigned> core, Console &console) {
  if (!core) {
    int current = sched_getcpu();
    if (current < 0 || current >= CPU_SETSIZE)
      return std::optional<unsigned>();
    core = static_cast<unsigned>(current);
  }
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(*core, &set);
  if (sched_setaffinity(0, sizeof(set), &set) != 0)
    return console.error("cannot stay on core " + Twine(*core) + ": " +
                         llvm::sys::StrError());
  return core;
}

#else

LogicalResult driver::checkCore(unsigned, Console &console) {
  return console.error("--core is for Linux");
}

FailureOr<std::optional<unsigned>> driver::pinToCore(std::optional<unsigned>,
                                                     Console &) {
  return std::optional<unsigned>();
}

#endif
