const two = (n: number) => String(n).padStart(2, '0')

/** `2026-01-31 08:05` in the phone's time zone. By hand: not every JavaScript core on phones carries Intl's data. */
export const formatTime = (iso: string | number): string => {
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return ''
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`
}
