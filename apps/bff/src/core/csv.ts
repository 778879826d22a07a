/**
 * A cell, always quoted. A spreadsheet would run a cell that begins like a formula: an apostrophe goes before it.
 * A cell that begins with an apostrophe gets one too: a program can then remove the first apostrophe without loss, as
 * `docs/audit-verify.mjs` does. `csv-stringify` escapes formulas, but leaves such a cell as it is.
 */
const csvCell = (value: string | number): string =>
  `"${String(value)
    .replace(/^[=+\-@\t\r']/, "'$&")
    .replaceAll('"', '""')}"`

/** A line of quoted cells. */
export const csvLine = (values: readonly (string | number | null)[]): string =>
  `${values.map((value) => csvCell(value ?? '')).join(',')}\r\n`
