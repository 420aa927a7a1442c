//===- Table.h - Text in columns -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LOWBIT_LIB_DRIVER_TABLE_H
#define LOWBIT_LIB_DRIVER_TABLE_H

#include "llvm/Support/raw_ostream.h"

#include <string>
#include <vector>

namespace lowbit::driver {

/// Rows in columns as wide as they must be: text to the left, numbers to the
/// right. Text in the last column is not padded.
class Table {
public:
  enum class Kind { Text, Number };
  struct Column {
    std::string title;
    Kind kind;
  };

  explicit Table(std::vector<Column> columns) : columns(std::move(columns)) {}

  /// `row` has a text for each column.
  void addRow(std::vector<std::string> row) { rows.push_back(std::move(row)); }

  /// Prints the titles and all rows, a line for each.
  void print(llvm::raw_ostream &os) const;

private:
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;
};

} // namespace lowbit::driver

#endif // LOWBIT_LIB_DRIVER_TABLE_H
