const two = (n: number): string => String(n).padStart(2, '0')

export const clockTime = (at: number): string => {
  const date = new Date(at)
  return `${two(date.getHours())}:${two(date.getMinutes())}`
}

/** `11-21 09:30` */
export const shortTime = (at: number): string => {
  const date = new Date(at)
  return `${two(date.getMonth() + 1)}-${two(date.getDate())} ${clockTime(at)}`
}

export const fullTime = (at: number): string => `${new Date(at).getFullYear()}-${shortTime(at)}`
