//===- Evaluator.cpp - The readable oracle of every other path -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Reference/Evaluator.h"

#include "dialects/Lowbit/LowbitTypes.h"
#include "lib/Reference/Integers.h"
#include "lib/Reference/OpEvaluators.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/SetVector.h"

#include <deque>

using namespace mlir;
using namespace lowbit;
using namespace lowbit::reference;

/// What creation finds out about the function and its callees.
struct Evaluator::Program {
  DenseMap<Value, Tensor> constants;
  DenseMap<Operation *, OpEvaluator> evaluators;
  DenseMap<Operation *, func::FuncOp> callees;
};

//===----------------------------------------------------------------------===//
// Creation
//===----------------------------------------------------------------------===//

static bool isEvaluable(Type type) {
  if (isa<tosa::shapeType>(type))
    return true;
  Type element = type;
  if (auto tensor = dyn_cast<RankedTensorType>(type)) {
    if (!tensor.hasStaticShape() || tensor.getNumElements() == 0)
      return false;
    element = tensor.getElementType();
  }
  if (auto integer = dyn_cast<IntegerType>(element))
    return integer.getWidth() >= 1 && integer.getWidth() <= 64;
  return element.isF32() || element.isIndex() ||
         isa<LevelSetTypeInterface, PackedType>(element);
}

static LogicalResult refuse(Operation *op, const Twine &hint) {
  InFlightDiagnostic diagnostic =
      op->emitError("the reference evaluator does not know this operation");
  diagnostic.attachNote() << hint;
  return diagnostic;
}

static LogicalResult checkTypes(Operation *op) {
  for (Type type :
       llvm::concat<const Type>(op->getOperandTypes(), op->getResultTypes()))
    if (!isEvaluable(type))
      return refuse(op, "values must have a static shape without empty "
                        "dimensions and f32, integer, level-set or packed "
                        "elements");
  return success();
}

namespace {

/// Checks functions and collects what runs need.
class ProgramBuilder {
public:
  explicit ProgramBuilder(Evaluator::Program &program) : program(program) {}

  LogicalResult addFunction(func::FuncOp function);

private:
  LogicalResult addOp(Operation *op);
  LogicalResult addCall(func::CallOp call);

  Evaluator::Program &program;
  OpTable table;
  llvm::SmallPtrSet<Operation *, 4> finished;
  llvm::SmallPtrSet<Operation *, 4> active;
};

} // namespace

LogicalResult ProgramBuilder::addFunction(func::FuncOp function) {
  if (finished.contains(function))
    return success();
  if (!function.getBody().hasOneBlock())
    return function.emitError(
        "the reference evaluator needs a function of one block");
  for (BlockArgument argument : function.getArguments())
    if (!isEvaluable(argument.getType()))
      return function.emitError("the reference evaluator cannot take an "
                                "argument of type ")
             << argument.getType();
  active.insert(function);
  for (Operation &op : function.front())
    if (failed(addOp(&op)))
      return failure();
  active.erase(function);
  finished.insert(function);
  return success();
}

LogicalResult ProgramBuilder::addOp(Operation *op) {
  if (isa<func::ReturnOp>(op))
    return success();
  if (failed(checkTypes(op)))
    return failure();
  if (auto call = dyn_cast<func::CallOp>(op))
    return addCall(call);
  if (op->hasTrait<OpTrait::ConstantLike>()) {
    FailureOr<Tensor> value = readConstant(op);
    if (failed(value))
      return failure();
    program.constants[op->getResult(0)] = *std::move(value);
    return success();
  }
  OpEvaluator evaluate = table.find(op);
  if (!evaluate)
    return refuse(op, "known are TOSA on f32 and signless integers, lowbit, "
                      "the steps of kernels on tensors, static tensor ops, "
                      "constants and calls, of consistent shapes");
  program.evaluators[op] = evaluate;
  return success();
}

LogicalResult ProgramBuilder::addCall(func::CallOp call) {
  auto callee = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(
      call, call.getCalleeAttr());
  if (!callee)
    return call.emitError("the callee is no function of this module");
  if (active.contains(callee))
    return refuse(call, "functions must not call themselves");
  program.callees[call] = callee;
  return addFunction(callee);
}

FailureOr<Evaluator> Evaluator::create(func::FuncOp function) {
  auto program = std::make_shared<Program>();
  if (failed(ProgramBuilder(*program).addFunction(function)))
    return failure();
  Evaluator evaluator(function);
  evaluator.program = std::move(program);
  return evaluator;
}

//===----------------------------------------------------------------------===//
// Running
//===----------------------------------------------------------------------===//

namespace {

/// One run. Intermediate tensors live until its end.
class Runner {
public:
  Runner(const Evaluator::Program &program, Observer observer)
      : program(program), observer(observer) {}

  using Values = FailureOr<SmallVector<const Tensor *>>;
  Values call(func::FuncOp function, Operands arguments);

private:
  using Environment = DenseMap<Value, const Tensor *>;
  SmallVector<const Tensor *> lookup(const Environment &environment,
                                     ValueRange values) const;
  Values evaluate(Operation *op, Operands operands);

  const Evaluator::Program &program;
  Observer observer;
  std::deque<Tensor> tensors;
};

} // namespace

SmallVector<const Tensor *> Runner::lookup(const Environment &environment,
                                           ValueRange values) const {
  SmallVector<const Tensor *> found;
  for (Value value : values) {
    auto constant = program.constants.find(value);
    found.push_back(constant == program.constants.end()
                        ? environment.lookup(value)
                        : &constant->second);
  }
  return found;
}

Runner::Values Runner::evaluate(Operation *op, Operands operands) {
  if (func::FuncOp callee = program.callees.lookup(op))
    return call(callee, operands);
  FailureOr<Results> results = program.evaluators.lookup(op)(op, operands);
  if (failed(results))
    return failure();
  SmallVector<const Tensor *> values;
  for (Tensor &result : *results)
    values.push_back(&tensors.emplace_back(std::move(result)));
  return values;
}

Runner::Values Runner::call(func::FuncOp function, Operands arguments) {
  Environment environment;
  for (auto [value, tensor] :
       llvm::zip_equal(function.getArguments(), arguments))
    environment[value] = tensor;
  for (Operation &op : function.front().without_terminator()) {
    if (op.hasTrait<OpTrait::ConstantLike>())
      continue;
    Values results = evaluate(&op, lookup(environment, op.getOperands()));
    if (failed(results))
      return failure();
    for (auto [value, tensor] : llvm::zip_equal(op.getResults(), *results)) {
      environment[value] = tensor;
      if (observer)
        observer(value, *tensor);
    }
  }
  return lookup(environment, function.front().getTerminator()->getOperands());
}

/// Whether `tensor` has the kind and shape of `type` and holds only elements of
/// it: levels of a level set, signless integers of their width.
static bool isOfType(const Tensor &tensor, Type type) {
  ArrayRef<int64_t> shape;
  if (auto ranked = dyn_cast<RankedTensorType>(type))
    shape = ranked.getShape();
  if (tensor.shape() != shape ||
      tensor.numElements() != ShapedType::getNumElements(shape) ||
      tensor.isFloat() != getElementTypeOrSelf(type).isF32())
    return false;
  Type element = getElementTypeOrSelf(type);
  if (element.isSignlessInteger())
    return llvm::all_of(tensor.integers(), [&](int64_t value) {
      return value == wrap(value, element.getIntOrFloatBitWidth());
    });
  auto set = getLevelSet(type);
  return !set || llvm::all_of(tensor.integers(), [&](int64_t level) {
    return set->contains(level);
  });
}

FailureOr<std::vector<Tensor>> Evaluator::run(ArrayRef<Tensor> inputs,
                                              Observer observer) const {
  func::FuncOp entry = function;
  if (inputs.size() != entry.getNumArguments())
    return entry.emitError("takes ")
           << entry.getNumArguments() << " inputs, not " << inputs.size();
  SmallVector<const Tensor *> arguments;
  for (auto [index, input] : llvm::enumerate(inputs)) {
    Type type = entry.getArgumentTypes()[index];
    if (!isOfType(input, type))
      return entry.emitError("input ")
             << index << " is not a value of type " << type;
    arguments.push_back(&input);
  }
  Runner runner(*program, observer);
  Runner::Values results = runner.call(entry, arguments);
  if (failed(results))
    return failure();
  std::vector<Tensor> outputs;
  for (const Tensor *result : *results)
    outputs.push_back(*result);
  return outputs;
}
