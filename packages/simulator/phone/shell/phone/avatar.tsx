const hues = [152, 205, 262, 22, 338, 48, 178, 300]

const hueOf = (text: string): number => {
  let sum = 0
  for (const char of text) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973
  return hues[sum % hues.length] ?? 0
}

/** First letter on a colour of its own; decoration, the name stands beside it. */
export const Avatar = ({ name, group = false }: { name: string; group?: boolean }) => (
  <span
    className={`avatar${group ? ' is-group' : ''}`}
    style={{ '--hue': hueOf(name) } as never}
    aria-hidden="true"
  >
    {Array.from(name.trim())[0] ?? '?'}
  </span>
)
