//===- Table.cpp - Text in columns -*- C++ -*-===//
//
// Part of the Lowbit project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for licence information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Table.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatAdapters.h"

using namespace lowbit::driver;

void Table::print(llvm::raw_ostream &os) const {
  std::vector<std::string> titles;
  std::vector<size_t> widths;
  for (const Column &column : columns) {
    titles.push_back(column.title);
    widths.push_back(column.title.size());
  }
  for (const std::vector<std::string> &row : rows)
    for (auto [width, text] : llvm::zip_equal(widths, row))
      width = std::max(width, text.size());
  auto printRow = [&](const std::vector<std::string> &row) {
    for (auto [index, column] : llvm::enumerate(columns)) {
      bool isLast = index + 1 == columns.size();
      if (column.kind == Kind::Number)
        os << llvm::right_justify(row[index], widths[index]);
      else if (isLast)
        os << row[index];
      else
        os << llvm::left_justify(row[index], widths[index]);
      os << (isLast ? "\n" : "  ");
    }
  };
  printRow(titles);
  for (const std::vector<std::string> &row : rows)
    printRow(row);
}
