// The targets of the specification that tests name in their titles.

export const TARGET = /(?<!%)\b[A-H]\d{1,2}\b/g

/** Those that a whole run must have tried. */
export const EXPECTED = [
  ...['A1', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8', 'A10'],
  ...['B1', 'B2', 'B3', 'B4', 'B5', 'B6', 'B7', 'B8', 'B9', 'B10', 'B11', 'B12'],
  ...['C1', 'C2', 'C3', 'C4'],
  ...['D1', 'D2', 'D3', 'D4', 'D5'],
  ...['E1', 'E2', 'E3', 'E4'],
  ...['F1', 'F2', 'F3', 'F5', 'F6', 'F7', 'G1', 'G2', 'G3', 'G4', 'G5'],
]
