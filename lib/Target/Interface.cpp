//===- Interface.cpp - What a caller must know about a network -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Target/Interface.h"

#include "dialects/Kernel/KernelDialect.h"
#include "dialects/Lowbit/LowbitDialect.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

using namespace mlir;
using namespace lowbit;
using namespace lowbit::target;

int64_t Array::numElements() const {
  int64_t count = 1;
  for (int64_t size : shape)
    count *= size;
  return count;
}

unsigned Array::numBits() const {
  unsigned bits = 32;
  llvm::StringRef(type).drop_front().getAsInteger(10, bits);
  return bits;
}

int64_t Array::numBytes() const { return numElements() * numBits() / 8; }

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

namespace lowbit::target {
static llvm::json::Value toJSON(const Array &array) {
  return llvm::json::Object{{"type", array.type},
                            {"shape", llvm::json::Array(array.shape)}};
}

static bool fromJSON(const llvm::json::Value &value, Array &array,
                     llvm::json::Path path) {
  llvm::json::ObjectMapper map(value, path);
  if (!map || !map.map("type", array.type) || !map.map("shape", array.shape))
    return false;
  if (llvm::is_contained({"f32", "i8", "i16", "i32", "i64"}, array.type))
    return true;
  path.field("type").report("expected f32, i8, i16, i32 or i64");
  return false;
}

static bool fromJSON(const llvm::json::Value &value, Interface &interface,
                     llvm::json::Path path) {
  llvm::json::ObjectMapper map(value, path);
  return map && map.map("name", interface.name) &&
         map.map("inputs", interface.inputs) &&
         map.map("outputs", interface.outputs) &&
         map.map("checksums", interface.checksums) &&
         map.map("workspace", interface.workspaceBytes) &&
         map.mapOptional("versions", interface.versions) &&
         map.mapOptional("threads", interface.threads);
}
} // namespace lowbit::target

std::string Interface::toJson() const {
  auto arrays = [](const std::vector<Array> &list) {
    llvm::json::Array values;
    for (const Array &array : list)
      values.push_back(toJSON(array));
    return values;
  };
  llvm::json::Object object{{"name", name},
                            {"inputs", arrays(inputs)},
                            {"outputs", arrays(outputs)},
                            {"checksums", llvm::json::Array(checksums)},
                            {"workspace", workspaceBytes}};
  if (!versions.empty())
    object["versions"] = llvm::json::Array(versions);
  if (threads > 1)
    object["threads"] = threads;
  return llvm::formatv("{0}", llvm::json::Value(std::move(object)));
}

llvm::Expected<Interface> Interface::fromJson(llvm::StringRef text) {
  return llvm::json::parse<Interface>(text, "interface");
}

//===----------------------------------------------------------------------===//
// From the loops level
//===----------------------------------------------------------------------===//

static FailureOr<Array> getArray(func::FuncOp function, unsigned index) {
  auto type = cast<MemRefType>(function.getArgument(index).getType());
  Type element = type.getElementType();
  Array array;
  if (element.isF32())
    array.type = "f32";
  else if (element.isSignlessInteger(8) || element.isSignlessInteger(16) ||
           element.isSignlessInteger(32) || element.isSignlessInteger(64))
    array.type = "i" + std::to_string(element.getIntOrFloatBitWidth());
  else
    return function.emitError()
           << "argument #" << index << " of type " << type
           << " has no C type; networks take and give f32 and integers";
  array.shape.assign(type.getShape().begin(), type.getShape().end());
  return array;
}

FailureOr<Interface> target::getInterface(ModuleOp module, StringRef name) {
  auto functions = module.getOps<func::FuncOp>();
  auto found = llvm::find_if(
      functions, [](func::FuncOp function) { return function.isPublic(); });
  if (found == functions.end())
    return module.emitError("has no public function");
  func::FuncOp function = *found;
  if (!function->hasAttr(kWorkspaceAttr))
    return function.emitError("is not at the level of loops");
  Interface interface;
  interface.name = name.str();
  if (module->walk([](scf::ParallelOp) { return WalkResult::interrupt(); })
          .wasInterrupted())
    interface.threads = kernel::getThreads(module);
  interface.workspaceBytes =
      function->getAttrOfType<IntegerAttr>(kWorkspaceAttr).getInt();
  for (unsigned index = 0; index + 1 != function.getNumArguments(); ++index) {
    auto array = getArray(function, index);
    if (failed(array))
      return failure();
    // Set by upstream's buffer-results-to-out-params.
    bool isResult =
        static_cast<bool>(function.getArgAttr(index, "bufferize.result"));
    (isResult ? interface.outputs : interface.inputs).push_back(*array);
  }
  if (auto names = function->getAttrOfType<ArrayAttr>(kChecksumsAttr))
    for (auto layer : names.getAsRange<StringAttr>())
      interface.checksums.push_back(layer.str());
  return interface;
}
