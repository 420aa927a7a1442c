//===- Recipe.cpp - Recipes in YAML -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lowbit/Recipe/Recipe.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLTraits.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

using namespace lowbit;
using namespace lowbit::recipe;
using numerics::LevelSet;

LLVM_YAML_IS_SEQUENCE_VECTOR(lowbit::recipe::LayerOverride)

namespace {
/// The `calibration:` section of the file.
struct Calibration {
  unsigned samples = 128;
};
} // namespace

//===----------------------------------------------------------------------===//
// The mapping between YAML and the structs
//===----------------------------------------------------------------------===//

#define LOWBIT_KNOWN_SETS                                                      \
  "bipolar, ternary, pow2<2..5>, pow2<2..5, nozero>, odd<1..8>, int<1..16>, "  \
  "int<2..16, narrow>, uint<1..16>, levels<[l0, l1, ...]> of 2 to 16 "         \
  "ascending levels up to 32768"

namespace llvm::yaml {

template <> struct ScalarTraits<Weights> {
  static void output(const Weights &weights, void *, raw_ostream &os) {
    os << (weights.levels    ? weights.levels->str()
           : weights.trained ? "trained"
                             : "float");
  }
  static StringRef input(StringRef text, void *, Weights &weights) {
    weights = Weights();
    weights.trained = text == "trained";
    if (weights.trained || text == "float")
      return {};
    weights.levels = LevelSet::parse(std::string_view(text));
    return weights.levels
               ? StringRef()
               : "unknown weights or an impossible width; known: float, "
                 "trained, " LOWBIT_KNOWN_SETS;
  }
  static QuotingType mustQuote(StringRef) { return QuotingType::Single; }
};

template <> struct ScalarTraits<Activations> {
  static void output(const Activations &activations, void *, raw_ostream &os) {
    if (activations.levels)
      os << activations.levels->str();
    else
      os << activations.bits;
  }
  static StringRef input(StringRef text, void *, Activations &activations) {
    activations = Activations();
    if (!text.getAsInteger(10, activations.bits))
      return {};
    activations.levels = LevelSet::parse(std::string_view(text));
    if (!activations.levels)
      return "unknown activations or an impossible width; known: a number of "
             "bits, " LOWBIT_KNOWN_SETS;
    activations.bits = activations.levels->codeBits();
    return {};
  }
  static QuotingType mustQuote(StringRef) { return QuotingType::Single; }
};

template <> struct ScalarTraits<Granularity> {
  static void output(const Granularity &granularity, void *, raw_ostream &os) {
    os << (granularity == Granularity::Channel ? "channel" : "layer");
  }
  static StringRef input(StringRef text, void *, Granularity &granularity) {
    granularity = text == "channel" ? Granularity::Channel : Granularity::Layer;
    return text == "channel" || text == "layer"
               ? StringRef()
               : "is one for the 'layer' or one for each 'channel'";
  }
  static QuotingType mustQuote(StringRef) { return QuotingType::None; }
};

static void mapSettings(IO &io, LayerSettings &settings) {
  io.mapOptional("weights", settings.weights);
  io.mapOptional("untrained", settings.untrained);
  io.mapOptional("activations", settings.activations);
  io.mapOptional("thresholds", settings.thresholds);
  io.mapOptional("scales", settings.scales);
  io.mapOptional("residual", settings.residual);
  io.mapOptional("multiplier-free", settings.multiplierFree);
}

static std::string checkSettings(const LayerSettings &settings) {
  auto outside = [](unsigned bits, unsigned least) {
    return bits < least || bits > 16;
  };
  if (settings.activations && outside(settings.activations->bits, 1))
    return "activations must have 1 to 16 bits";
  if (settings.residual && outside(*settings.residual, 2))
    return "residual must have 2 to 16 bits";
  if (settings.untrained && settings.untrained->trained)
    return "untrained cannot be 'trained'; give it a level set or float";
  if (settings.multiplierFree.value_or(false) && settings.weights &&
      settings.weights->levels && !settings.weights->levels->isMultiplierFree())
    return "weights '" + settings.weights->levels->str() +
           "' need multiplications, but multiplier-free is true; use ternary, "
           "bipolar, pow2 or levels<[...]> weights";
  return {};
}

template <> struct MappingTraits<LayerSettings> {
  static void mapping(IO &io, LayerSettings &settings) {
    mapSettings(io, settings);
  }
  static std::string validate(IO &, LayerSettings &settings) {
    return checkSettings(settings);
  }
};

template <> struct MappingTraits<LayerOverride> {
  static void mapping(IO &io, LayerOverride &layer) {
    io.mapOptional("layer", layer.layer);
    io.mapOptional("index", layer.index);
    mapSettings(io, layer.settings);
  }
  static std::string validate(IO &, LayerOverride &layer) {
    if (layer.layer.has_value() == layer.index.has_value())
      return "an entry of 'layers' needs either 'layer' (a name) or 'index'";
    return checkSettings(layer.settings);
  }
};

template <> struct MappingTraits<data::Normalization> {
  static void mapping(IO &io, data::Normalization &input) {
    io.mapOptional("scale", input.scale, 1.0f);
    io.mapOptional("mean", input.mean);
    io.mapOptional("deviation", input.deviation);
  }
  static std::string validate(IO &, data::Normalization &input) {
    if (!std::isfinite(input.scale) || input.scale == 0)
      return "scale must be finite and not 0";
    for (float deviation : input.deviation)
      if (!(deviation > 0))
        return "deviations must be positive";
    return {};
  }
};

template <> struct MappingTraits<Calibration> {
  static void mapping(IO &io, Calibration &calibration) {
    io.mapOptional("samples", calibration.samples, 128u);
  }
  static std::string validate(IO &, Calibration &calibration) {
    return calibration.samples ? "" : "calibration needs at least one sample";
  }
};

template <> struct MappingTraits<Recipe> {
  static void mapping(IO &io, Recipe &recipe) {
    io.mapOptional("name", recipe.name);
    io.mapRequired("defaults", recipe.defaults);
    io.mapOptional("first-layer", recipe.firstLayer);
    io.mapOptional("last-layer", recipe.lastLayer);
    io.mapOptional("layers", recipe.layers);
    io.mapOptional("input", recipe.input);
    Calibration calibration;
    io.mapOptional("calibration", calibration);
    recipe.calibrationSamples = calibration.samples;
  }
  static std::string validate(IO &, Recipe &recipe) {
    if (!recipe.defaults.weights)
      return "'defaults' must say which 'weights'";
    if (!recipe.defaults.weights->isFloat() && !recipe.defaults.activations)
      return "'defaults' must say how many bits 'activations' have";
    std::vector<LayerSettings> sections = {recipe.firstLayer, recipe.lastLayer};
    for (const LayerOverride &layer : recipe.layers)
      sections.push_back(layer.settings);
    for (LayerSettings &section : sections) {
      if (!section.weights)
        section.weights = recipe.defaults.weights;
      if (std::string problem = checkSettings(section); !problem.empty())
        return problem;
    }
    return {};
  }
};

} // namespace llvm::yaml

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

/// Appends "FILE:LINE:COLUMN: message" to the string in `context`.
static void collectDiagnostic(const llvm::SMDiagnostic &diagnostic,
                              void *context) {
  auto &text = *static_cast<std::string *>(context);
  if (!text.empty())
    return; // what follows a first error is noise
  llvm::raw_string_ostream os(text);
  os << diagnostic.getFilename() << ":" << diagnostic.getLineNo() << ":"
     << diagnostic.getColumnNo() + 1 << ": " << diagnostic.getMessage();
}

static constexpr llvm::StringLiteral kNotARecipe =
    ": is empty or not a recipe; a recipe has at least a 'defaults' section";

/// Whether any line is more than a comment. The YAML reader has no document
/// then, not even one to report an error in.
static bool hasContent(llvm::StringRef text) {
  return llvm::any_of(llvm::split(text, '\n'), [](llvm::StringRef line) {
    line = line.trim();
    return !line.empty() && line.front() != '#' && line != "---" &&
           line != "...";
  });
}

llvm::Expected<Recipe> recipe::parseRecipe(llvm::StringRef text,
                                           llvm::StringRef fileName) {
  if (!hasContent(text))
    return llvm::createStringError(fileName + kNotARecipe);
  std::string message;
  llvm::yaml::Input input(llvm::MemoryBufferRef(text, fileName), nullptr,
                          collectDiagnostic, &message);
  Recipe recipe;
  input >> recipe;
  // A document that maps nothing is no error to the YAML reader.
  if (message.empty() && (input.error() || !recipe.defaults.weights))
    message = (fileName + kNotARecipe).str();
  if (!message.empty())
    return llvm::createStringError(message);
  return recipe;
}

llvm::Expected<Recipe> recipe::loadRecipe(llvm::StringRef fileName) {
  auto buffer = llvm::MemoryBuffer::getFile(fileName, /*IsText=*/true);
  if (!buffer)
    return llvm::createStringError("cannot read recipe '" + fileName +
                                   "': " + buffer.getError().message());
  return parseRecipe((*buffer)->getBuffer(), fileName);
}

//===----------------------------------------------------------------------===//
// Resolution
//===----------------------------------------------------------------------===//

/// Fields of `settings` that are absent are taken from `base`.
static void inherit(LayerSettings &settings, const LayerSettings &base) {
  if (!settings.weights)
    settings.weights = base.weights;
  if (!settings.untrained)
    settings.untrained = base.untrained;
  if (!settings.activations)
    settings.activations = base.activations;
  if (!settings.thresholds)
    settings.thresholds = base.thresholds;
  if (!settings.scales)
    settings.scales = base.scales;
  if (!settings.residual)
    settings.residual = base.residual;
  if (!settings.multiplierFree)
    settings.multiplierFree = base.multiplierFree;
}

LayerSettings recipe::resolve(const Recipe &recipe, llvm::StringRef layer,
                              unsigned index, unsigned numLayers,
                              std::optional<LevelSet> trained) {
  LayerSettings settings;
  for (const LayerOverride &entry : recipe.layers)
    if (entry.layer ? *entry.layer == layer : *entry.index == index)
      inherit(settings, entry.settings);
  if (index == 0)
    inherit(settings, recipe.firstLayer);
  if (index + 1 == numLayers)
    inherit(settings, recipe.lastLayer);
  inherit(settings, recipe.defaults);
  if (!settings.thresholds)
    settings.thresholds = Granularity::Layer;
  if (!settings.scales)
    settings.scales = Granularity::Channel;
  if (!settings.residual)
    settings.residual = 16;
  if (settings.weights->trained)
    settings.weights = trained ? Weights{trained}
                       : settings.untrained
                           ? *settings.untrained
                           : Weights{LevelSet::integerNarrow(8)};
  // A wish for no multiplications that came with other weights does not bind
  // these.
  bool canBeFree =
      settings.weights->levels && settings.weights->levels->isMultiplierFree();
  settings.multiplierFree = settings.multiplierFree.value_or(true) && canBeFree;
  return settings;
}
