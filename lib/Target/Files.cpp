//===- Files.cpp - Files written whole, linked by the system's linker -*- C++
//-*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Target/Object.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

using namespace lowbit;

static llvm::Error cannotWrite(llvm::StringRef path, std::error_code code) {
  return llvm::createStringError("cannot write '" + path +
                                 "': " + code.message());
}

llvm::Error target::writeFile(llvm::StringRef path, llvm::StringRef content) {
  auto temporary = llvm::sys::fs::TempFile::create(path + ".%%%%%%%%.tmp");
  if (!temporary) {
    llvm::consumeError(temporary.takeError());
    return llvm::createStringError(
        "cannot write '" + path +
        "': its folder does not exist or is not writable");
  }
  std::error_code code;
  {
    llvm::raw_fd_ostream os(temporary->FD, /*shouldClose=*/false);
    os << content;
    os.flush();
    code = os.error();
    os.clear_error();
  }
  if (code) {
    llvm::consumeError(temporary->discard());
    return cannotWrite(path, code);
  }
  if (llvm::Error error = temporary->keep(path)) {
    llvm::consumeError(temporary->discard());
    return llvm::joinErrors(
        llvm::createStringError("cannot write '" + path + "'"),
        std::move(error));
  }
  // Temporary files are private; results get the usual permissions.
  namespace fs = llvm::sys::fs;
  fs::setPermissions(path, fs::perms(fs::all_read | fs::owner_write));
  return llvm::Error::success();
}

/// A linker that makes shared objects without more than the object: lld of our
/// LLVM, then any.
static std::string findLinker() {
  for (const char *name : {"ld.lld-22", "ld.lld", "ld"})
    if (auto found = llvm::sys::findProgramByName(name))
      return *found;
  return "";
}

llvm::Error target::linkShared(llvm::StringRef object, llvm::StringRef output,
                               llvm::ArrayRef<std::string> libraries) {
  std::string linker = findLinker();
  if (linker.empty())
    return llvm::createStringError(
        "no linker found for a shared object: install lld or binutils");
  llvm::SmallString<128> log, linked;
  if (std::error_code code =
          llvm::sys::fs::createTemporaryFile("lowbit-link", "log", log))
    return cannotWrite("a temporary file", code);
  if (std::error_code code =
          llvm::sys::fs::createTemporaryFile("lowbit-link", "so", linked))
    return cannotWrite("a temporary file", code);
  llvm::scope_exit cleanUp([&] {
    llvm::sys::fs::remove(log);
    llvm::sys::fs::remove(linked);
  });
  llvm::SmallVector<llvm::StringRef> arguments = {
      linker, "-shared", "-z", "noexecstack", object, "-o", linked};
  llvm::append_range(arguments, libraries);
  std::optional<llvm::StringRef> redirects[] = {"", llvm::StringRef(log),
                                                llvm::StringRef(log)};
  int status = llvm::sys::ExecuteAndWait(linker, arguments, std::nullopt,
                                         redirects, /*SecondsToWait=*/60);
  auto messages = llvm::MemoryBuffer::getFile(log);
  if (status != 0)
    return llvm::createStringError(
        linker + " failed: " + (messages ? (*messages)->getBuffer() : ""));
  auto content = llvm::MemoryBuffer::getFile(linked);
  if (!content)
    return cannotWrite(output, content.getError());
  return writeFile(output, (*content)->getBuffer());
}
