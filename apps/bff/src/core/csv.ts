/** Quoted always. A spreadsheet would run a cell that begins like a formula: an apostrophe goes before it. */
export const csvCell = (value: string | number): string =>
  `"${String(value)
    .replace(/^[=+\-@\t\r']/, "'$&")
    .replaceAll('"', '""')}"`

/** A line of quoted cells. */
export const csvLine = (values: readonly (string | number | null)[]): string =>
  `${values.map((value) => csvCell(value ?? '')).join(',')}\r\n`
