//===- Recipe.h - What a user asks of each layer -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_RECIPE_RECIPE_H
#define LOWBIT_RECIPE_RECIPE_H

#include "lowbit/Data/Dataset.h"
#include "lowbit/Numerics/LevelSet.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <optional>
#include <string>
#include <vector>

namespace lowbit::recipe {

/// What is asked of one layer's weights: a level set, the levels that they were
/// trained to, or to stay in float.
struct Weights {
  /// Nothing: the layer stays in float, unless `trained`.
  std::optional<numerics::LevelSet> levels;
  /// The levels found in the weights.
  bool trained = false;

  bool isFloat() const { return !levels && !trained; }
};

/// What is asked of the activations that enter a layer: a width, with the
/// levels that suit the values seen, or a level set.
struct Activations {
  /// 1..16; of a level set the bits of its codes.
  unsigned bits = 0;
  std::optional<numerics::LevelSet> levels;
};

/// Whether something is one for a layer or one for each of its channels.
enum class Granularity { Layer, Channel };

/// Settings of a layer; what is absent is inherited from the defaults.
struct LayerSettings {
  std::optional<Weights> weights;
  /// What takes the place of `trained` weights in layers that were not trained
  /// to any levels. Default: int<8, narrow>.
  std::optional<Weights> untrained;
  /// The activations that enter the layer.
  std::optional<Activations> activations;
  /// The lists of thresholds that make the activations. Default: Layer.
  std::optional<Granularity> thresholds;
  /// The scales of the weights. Default: Channel, the output channel.
  std::optional<Granularity> scales;
  /// Bits of values kept for a residual add, 2..16.
  std::optional<unsigned> residual;
  /// Whether the layer must do without multiplications. Default: whenever its
  /// weights allow it.
  std::optional<bool> multiplierFree;
};

/// An override for the layer called `layer` or for layer number `index`
/// (counting convolutions and matrix products from 0); exactly one is given.
struct LayerOverride {
  std::optional<std::string> layer;
  std::optional<unsigned> index;
  LayerSettings settings;
};

/// A recipe file. docs/Recipes.md describes the format.
struct Recipe {
  std::string name;
  LayerSettings defaults;
  LayerSettings firstLayer;
  LayerSettings lastLayer;
  std::vector<LayerOverride> layers;
  /// How samples become inputs; nothing when the recipe does not say.
  std::optional<data::Normalization> input;
  /// Samples used for calibration.
  unsigned calibrationSamples = 128;
};

/// Reads and checks a recipe. Errors carry "FILE:LINE:COLUMN: message".
llvm::Expected<Recipe> parseRecipe(llvm::StringRef text,
                                   llvm::StringRef fileName);

/// Reads a recipe from a file.
llvm::Expected<Recipe> loadRecipe(llvm::StringRef fileName);

/// The settings of one layer: an override by name or index before the first-
/// or last-layer rule before the defaults, field by field. `trained` are the
/// levels found in the layer's weights; the result's weights are a level set or
/// float.
LayerSettings resolve(const Recipe &recipe, llvm::StringRef layer,
                      unsigned index, unsigned numLayers,
                      std::optional<numerics::LevelSet> trained);

} // namespace lowbit::recipe

#endif // LOWBIT_RECIPE_RECIPE_H
