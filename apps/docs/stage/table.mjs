const row = (cells) => `| ${cells.join(' | ')} |`

/** @param {string[]} head @param {string[][]} rows @returns {string} */
export const table = (head, rows) =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')
