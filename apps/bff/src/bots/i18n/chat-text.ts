const WIDE: Readonly<Record<string, string>> = {
  '[': '［',
  ']': '］',
  '<': '＜',
  '>': '＞',
  '*': '＊',
  '`': '｀',
  '~': '～',
  '#': '＃',
  '|': '｜',
  '\\': '＼',
  '!': '！',
}

/** Whether the platform's markdown knows escapes is not documented: its signs become their wide forms. */
export const plainMarkdown = (text: string): string =>
  text.replace(/[[\]<>*`~#|\\!]/g, (sign) => WIDE[sign] ?? sign)
