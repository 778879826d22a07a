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

/** Replaces the signs of markdown by wide forms. The platform documents no escapes. */
export const plainMarkdown = (text: string): string =>
  text.replace(/[[\]<>*`~#|\\!]/g, (sign) => WIDE[sign] ?? sign)
