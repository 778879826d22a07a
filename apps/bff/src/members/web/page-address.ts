/**
 * Whether an address is of this origin, as a browser writes the address of a page (`location.href` before `#`). The text
 * itself is signed: it is judged, and never rewritten.
 */
export const isAddressOf = (origin: string, url: string): boolean => {
  if (!url.startsWith(`${origin}/`) || /[#\\\s]/.test(url) || !URL.canParse(url)) return false
  const parsed = new URL(url)
  return parsed.origin === origin && parsed.username === '' && parsed.password === ''
}
