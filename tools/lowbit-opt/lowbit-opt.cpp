#include "dialects/Lowbit/LowbitDialect.h"
#include "lowbit/Conversion/Passes.h"
#include "lowbit/Transforms/Passes.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"

int main(int argc, char **argv) {
  mlir::registerAllPasses();
  lowbit::registerTransformsPasses();
  lowbit::registerConversionPasses();
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  registry.insert<lowbit::LowbitDialect>();
  return mlir::asMainReturnCode(
      mlir::MlirOptMain(argc, argv, "Lowbit optimizer driver\n", registry));
}
