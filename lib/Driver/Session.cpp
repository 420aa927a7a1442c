//===- Session.cpp - A context and the network in it -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Driver/Session.h"

#include "mlir/Bytecode/BytecodeReader.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace mlir;
using namespace lowbit::driver;

static StringRef getKind(DiagnosticSeverity severity) {
  switch (severity) {
  case DiagnosticSeverity::Error:
    return "error";
  case DiagnosticSeverity::Warning:
    return "warning";
  case DiagnosticSeverity::Note:
  case DiagnosticSeverity::Remark:
    return "note";
  }
  return "note";
}

/// Prints a diagnostic that no line of a file can be shown for; fails for
/// others, which the source handler prints.
static LogicalResult printPlain(Console &console, Diagnostic &diagnostic) {
  console.clearProgress();
  Location location = diagnostic.getLocation();
  if (location->findInstanceOf<FileLineColLoc>())
    return failure();
  std::string text = diagnostic.str();
  if (auto name = location->findInstanceOf<NameLoc>())
    text = ("in '" + name.getName().strref() + "': " + text).str();
  console.message(getKind(diagnostic.getSeverity()), text);
  for (Diagnostic &note : diagnostic.getNotes())
    console.message("note", note.str());
  return success();
}

Session::Session(const DialectRegistry &registry, Console &console)
    : console(console), context(registry), sourceHandler(sources, &context),
      plainHandler(&context, [&console](Diagnostic &diagnostic) {
        return printPlain(console, diagnostic);
      }) {
  // The line of the user's file says more than the operation as it is by then.
  context.printOpOnDiagnostic(false);
  context.allowUnregisteredDialects();
}

/// The parser lets unknown dialects pass, whose error would name options that
/// we do not have.
static LogicalResult checkRegistered(ModuleOp module) {
  WalkResult result = module.walk([](Operation *op) {
    if (op->isRegistered())
      return WalkResult::advance();
    InFlightDiagnostic diagnostic = op->emitError() << "unknown operation '"
                                                    << op->getName() << "'";
    diagnostic.attachNote() << "networks enter as TOSA; convert the model with "
                               "a TOSA exporter";
    return WalkResult::interrupt();
  });
  return failure(result.wasInterrupted());
}

OwningOpRef<ModuleOp> Session::parse(StringRef path) {
  console.progress("reading");
  std::string message;
  std::unique_ptr<llvm::MemoryBuffer> buffer = openInputFile(path, &message);
  auto fail = [&](const Twine &text) {
    (void)console.error(text);
    return OwningOpRef<ModuleOp>();
  };
  if (!buffer)
    return fail(message);
  StringRef content = buffer->getBuffer();
  if (content.trim().empty())
    return fail("'" + path + "' is empty; expected a network in MLIR");
  if (!isBytecode(buffer->getMemBufferRef()) && content.contains('\0'))
    return fail("'" + path + "' is neither MLIR text nor MLIR bytecode");
  sources.AddNewSourceBuffer(std::move(buffer), llvm::SMLoc());
  auto module = parseSourceFile<ModuleOp>(sources, ParserConfig(&context));
  if (!module || failed(checkRegistered(*module)))
    return OwningOpRef<ModuleOp>();
  return module;
}

LogicalResult Session::run(ModuleOp module, StringRef what,
                           llvm::function_ref<void(OpPassManager &)> build) {
  console.progress(what);
  PassManager passes(&context, ModuleOp::getOperationName());
  build(passes);
  return passes.run(module);
}
