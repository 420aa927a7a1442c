//===- WorkspaceBuffers.cpp - Lives of a network's buffers -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lib/Transforms/WorkspaceBuffers.h"

#include "dialects/Lowbit/LowbitDialect.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/ViewLikeInterface.h"
#include "mlir/Transforms/RegionUtils.h"

#include <limits>
#include <numeric>

using namespace mlir;
using namespace lowbit;

/// Offsets are multiples of it, in bytes: a line of most caches.
static constexpr int64_t kAlignment = 64;

static int64_t countBytes(MemRefType type) {
  return type.getNumElements() *
         llvm::divideCeil(type.getElementTypeBitWidth(), 8);
}

/// Whether `op` returns its operand with another shape: the same elements in
/// the same order.
static bool isReshape(Operation *op) {
  if (!isa<memref::CollapseShapeOp, memref::ExpandShapeOp>(op))
    return false;
  auto isDense = [](Type type) {
    return cast<MemRefType>(type).getLayout().isIdentity();
  };
  return isDense(op->getOperand(0).getType()) &&
         isDense(op->getResult(0).getType());
}

/// The allocation or argument that `value` shows as a whole.
static Value getWhole(Value value) {
  while (Operation *producer = value.getDefiningOp()) {
    if (!isReshape(producer))
      break;
    value = producer->getOperand(0);
  }
  return value;
}

namespace {
/// A first and a last position.
struct Life {
  int64_t first = std::numeric_limits<int64_t>::max();
  int64_t last = -1;

  void extend(int64_t begin, int64_t end) {
    first = std::min(first, begin);
    last = std::max(last, end);
  }
};

class Collector {
public:
  explicit Collector(func::FuncOp function)
      : function(function), module(function->getParentOfType<ModuleOp>()),
        users(symbols, module) {}

  WorkspaceBuffers collect();

private:
  void numberOperations();
  func::FuncOp getLayer(func::CallOp call);
  void collectAllocations();
  void useInCall(OpOperand &use, unsigned buffer, Value allocation, Life &life);
  template <typename Use> void forEachUse(Value value, Block &block, Use visit);
  void mergeInPlace();
  void mergeInPlace(linalg::LinalgOp op, int64_t position);
  unsigned find(unsigned buffer);
  void finish();

  func::FuncOp function;
  ModuleOp module;
  SymbolTableCollection symbols;
  SymbolUserMap users;
  WorkspaceBuffers buffers;
  llvm::DenseMap<Operation *, int64_t> starts; ///< of the function's block
  llvm::DenseMap<Operation *, int64_t> ends;   ///< last positions
  llvm::DenseMap<Operation *, size_t> callIndices;
  /// The buffer that a value stands for: allocations, arguments of layers.
  llvm::DenseMap<Value, unsigned> bufferOf;
  std::vector<unsigned> parents; ///< of buffers merged in place
  /// What each operation of a layer touches, and whether it writes it.
  struct Touch {
    unsigned buffer;
    bool isWrite;
  };
  llvm::DenseMap<Operation *, SmallVector<Touch>> touches;
};
} // namespace

WorkspaceBuffers Collector::collect() {
  buffers.problem.alignment = kAlignment;
  numberOperations();
  collectAllocations();
  mergeInPlace();
  finish();
  return std::move(buffers);
}

//===----------------------------------------------------------------------===//
// Positions
//===----------------------------------------------------------------------===//

/// The callee, if its operations can stand for the call.
func::FuncOp Collector::getLayer(func::CallOp call) {
  auto layer =
      symbols.lookupSymbolIn<func::FuncOp>(module, call.getCalleeAttr());
  bool isLayer = layer && layer.isPrivate() &&
                 llvm::hasSingleElement(layer.getBody()) &&
                 llvm::hasSingleElement(users.getUsers(layer));
  return isLayer ? layer : func::FuncOp();
}

void Collector::numberOperations() {
  int64_t position = 0;
  for (Operation &op : function.getBody().front()) {
    starts[&op] = position;
    int64_t length = 1;
    if (auto call = dyn_cast<func::CallOp>(op))
      if (func::FuncOp layer = getLayer(call)) {
        callIndices[&op] = buffers.calls.size();
        buffers.calls.push_back({call, layer, {}});
        for (auto [index, inner] : llvm::enumerate(layer.getBody().front()))
          starts[&inner] = position + static_cast<int64_t>(index);
        length = static_cast<int64_t>(
            layer.getBody().front().getOperations().size());
      }
    position += length;
    ends[&op] = position - 1;
  }
}

//===----------------------------------------------------------------------===//
// Lives
//===----------------------------------------------------------------------===//

/// Calls `visit` with each use of `value` and its views, and the operation of
/// `block` in which it is.
template <typename Use>
void Collector::forEachUse(Value value, Block &block, Use visit) {
  for (OpOperand &use : value.getUses()) {
    Operation *user = use.getOwner();
    if (!isa<ViewLikeOpInterface>(user)) // which touches nothing
      visit(use, block.findAncestorOpInBlock(*user));
    if (isa<func::CallOp>(user))
      continue;
    // What a region yields is what the operation around it returns.
    if (user->hasTrait<OpTrait::IsTerminator>())
      user = user->getParentOp();
    for (Value result : user->getResults())
      if (isa<MemRefType>(result.getType()))
        forEachUse(result, block, visit);
  }
}

/// Whether the user of a buffer may write it.
static bool mayWrite(OpOperand &use) {
  Operation *user = use.getOwner();
  if (auto op = dyn_cast<linalg::LinalgOp>(user))
    return op.isDpsInit(&use);
  return !isa<memref::LoadOp>(user);
}

/// A layer's use of a buffer is where the layer's operations use it, provided
/// that the buffer is one argument and nothing but this argument.
void Collector::useInCall(OpOperand &use, unsigned buffer, Value allocation,
                          Life &life) {
  Operation *call = use.getOwner();
  auto found = callIndices.find(call);
  bool isWhole = getWhole(use.get()) == allocation;
  bool isOnce = llvm::count_if(call->getOperands(), [&](Value operand) {
                  return getWhole(operand) == allocation;
                }) == 1;
  if (found == callIndices.end() || !isWhole || !isOnce)
    return life.extend(starts[call], ends[call]);
  LayerCall &site = buffers.calls[found->second];
  unsigned index = use.getOperandNumber();
  site.arguments.push_back({index, buffer});
  Block &body = site.layer.getBody().front();
  Value argument = body.getArgument(index);
  bufferOf[argument] = buffer;
  forEachUse(argument, body, [&](OpOperand &inner, Operation *at) {
    life.extend(starts[at], starts[at]);
    touches[at].push_back({buffer, mayWrite(inner)});
  });
}

void Collector::collectAllocations() {
  Block &block = function.getBody().front();
  function.walk([&](memref::AllocOp op) {
    unsigned buffer = parents.size();
    parents.push_back(buffer);
    buffers.allocations.push_back({op, buffer});
    bufferOf[op.getResult()] = buffer;
    Life life;
    forEachUse(op.getResult(), block, [&](OpOperand &use, Operation *at) {
      if (use.getOwner() == at && isa<func::CallOp>(at))
        useInCall(use, buffer, op.getResult(), life);
      else
        life.extend(starts[at], ends[at]);
    });
    Operation *birth = block.findAncestorOpInBlock(*op);
    if (life.last < 0) // unused
      life.extend(starts[birth], starts[birth]);
    buffers.problem.buffers.push_back(
        {countBytes(op.getType()), life.first, life.last});
  });
}

//===----------------------------------------------------------------------===//
// In place
//===----------------------------------------------------------------------===//

unsigned Collector::find(unsigned buffer) {
  while (parents[buffer] != buffer)
    buffer = parents[buffer];
  return buffer;
}

void Collector::mergeInPlace() {
  auto visit = [&](Block &block) {
    for (Operation &op : block)
      if (auto linalgOp = dyn_cast<linalg::LinalgOp>(op))
        mergeInPlace(linalgOp, starts[&op]);
  };
  visit(function.getBody().front());
  for (LayerCall &site : buffers.calls)
    visit(site.layer.getBody().front());
}

/// Whether the loops of `op` are parallel and touch buffers only as the
/// operands say: whole buffers, none behind a view that hides which it is, and
/// none that the body reads by indices of its own.
static bool touchesWholeOperandsOnly(linalg::LinalgOp op) {
  if (op.getNumDpsInits() != 1 || op.getNumLoops() != op.getNumParallelLoops())
    return false;
  auto isMemref = [](Value value) { return isa<MemRefType>(value.getType()); };
  SetVector<Value> captured;
  getUsedValuesDefinedAbove(op->getRegions(), captured);
  return llvm::none_of(captured, isMemref) &&
         llvm::all_of(op->getOperands(), [&](Value operand) {
           Value whole = getWhole(operand);
           return !isMemref(operand) || isa<BlockArgument>(whole) ||
                  isa<memref::AllocOp, memref::GetGlobalOp>(
                      whole.getDefiningOp());
         });
}

/// Lets the result of an elementwise operation lie in an operand that dies
/// there. Its loops read element i of all operands before they write element i
/// of the result, and never read it again: operand and result have one type and
/// identity maps.
void Collector::mergeInPlace(linalg::LinalgOp op, int64_t position) {
  if (!touchesWholeOperandsOnly(op))
    return;
  OpOperand &output = *op.getDpsInitOperand(0);
  auto findBuffer = [&](OpOperand &operand) -> std::optional<unsigned> {
    auto found = bufferOf.find(getWhole(operand.get()));
    return found == bufferOf.end() ? std::nullopt
                                   : std::optional(find(found->second));
  };
  auto isElementwise = [&](OpOperand &operand) {
    return operand.get().getType() == output.get().getType() &&
           op.getMatchingIndexingMap(&operand).isIdentity();
  };
  auto result = findBuffer(output);
  auto &lives = buffers.problem.buffers;
  if (!result || !isElementwise(output) || lives[*result].first != position ||
      op.payloadUsesValueFromOperand(&output))
    return;
  for (OpOperand *input : op.getDpsInputOperands()) {
    auto operand = findBuffer(*input);
    if (!operand || *operand == *result || lives[*operand].last != position)
      continue;
    bool isAlwaysElementwise =
        llvm::all_of(op.getDpsInputOperands(), [&](OpOperand *other) {
          return findBuffer(*other) != operand || isElementwise(*other);
        });
    if (!isAlwaysElementwise)
      continue;
    parents[*result] = *operand;
    lives[*operand].last = lives[*result].last;
    return;
  }
}

/// Leaves out the buffers that lie in others.
void Collector::finish() {
  std::vector<LiveBuffer> all = std::move(buffers.problem.buffers);
  buffers.problem.buffers.clear();
  std::vector<unsigned> places(all.size());
  for (unsigned buffer = 0; buffer != all.size(); ++buffer)
    if (find(buffer) == buffer) {
      places[buffer] = buffers.problem.buffers.size();
      buffers.problem.buffers.push_back(all[buffer]);
    }
  for (auto &[op, buffer] : buffers.allocations)
    buffer = places[find(buffer)];
  for (LayerCall &site : buffers.calls) {
    llvm::sort(site.arguments,
               [](const auto &a, const auto &b) { return a.index < b.index; });
    NameScope scope = {starts[site.call], ends[site.call], {}};
    for (LayerCall::Argument &argument : site.arguments) {
      argument.buffer = places[find(argument.buffer)];
      if (!llvm::is_contained(scope.buffers, argument.buffer))
        scope.buffers.push_back(argument.buffer);
    }
    for (Operation &op : site.layer.getBody().front())
      for (const Touch &written : touches.lookup(&op))
        for (const Touch &other : touches.lookup(&op))
          if (written.isWrite)
            scope.keepApart(places[find(written.buffer)],
                            places[find(other.buffer)]);
    buffers.problem.scopes.push_back(std::move(scope));
  }
}

//===----------------------------------------------------------------------===//
// Interface
//===----------------------------------------------------------------------===//

StringRef WorkspaceBuffers::getLayerAt(int64_t position) const {
  for (auto [site, scope] : llvm::zip_equal(calls, problem.scopes))
    if (scope.first <= position && position <= scope.last) {
      func::FuncOp layer = site.layer;
      auto name = layer->getAttrOfType<StringAttr>(kLayerAttr);
      return name ? name.getValue() : layer.getName();
    }
  return {};
}

WorkspaceBuffers lowbit::collectBuffers(func::FuncOp function) {
  return Collector(function).collect();
}
