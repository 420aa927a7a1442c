// Parses a module that names a lowbit type and prints it: proves that headers,
// libraries and their dependencies are all in the installed package.
#include "dialects/Lowbit/LowbitDialect.h"
#include "dialects/Lowbit/LowbitOps.h"
#include "lowbit/Numerics/LevelSet.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/raw_ostream.h"

int main() {
  mlir::MLIRContext context;
  context.loadDialect<lowbit::LowbitDialect>();
  // Levels -1, 0, 1, 1.
  auto module = mlir::parseSourceString<mlir::ModuleOp>(
      "%w = lowbit.constant dense<0xA4> : tensor<1xi8>"
      " : tensor<4x!lowbit.ternary>",
      &context);
  if (!module)
    return 1;
  module->print(llvm::outs());
  auto weights = mlir::cast<lowbit::ConstantOp>(
      module->getBody()->getOperations().front());
  for (int32_t level : weights.getLevels())
    llvm::outs() << level << " ";
  llvm::outs() << lowbit::numerics::LevelSet::ternary().str() << "\n";
  return 0;
}
