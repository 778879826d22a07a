import type { Words } from '../words.js'

const two = (n: number): string => String(n).padStart(2, '0')

export const clockTime = (at: number): string => {
  const date = new Date(at)
  return `${two(date.getHours())}:${two(date.getMinutes())}`
}

/** `09:30:05` */
export const secondsTime = (at: number): string =>
  `${clockTime(at)}:${two(new Date(at).getSeconds())}`

/** `11-21 09:30` */
export const shortTime = (at: number): string => {
  const date = new Date(at)
  return `${two(date.getMonth() + 1)}-${two(date.getDate())} ${clockTime(at)}`
}

export const fullTime = (at: number): string => `${new Date(at).getFullYear()}-${shortTime(at)}`

const minute = 60_000
const parts: [ms: number, word: 'days' | 'hours' | 'minutes'][] = [
  [1440 * minute, 'days'],
  [60 * minute, 'hours'],
  [minute, 'minutes'],
]

/** How far the world is from the computer's time, to the minute: `比电脑快 7 天 1 小时`. */
export const aheadText = (ahead: number, words: Words): string => {
  let rest = Math.round(Math.abs(ahead) / minute) * minute
  if (rest === 0) return words.clockSame
  const said = parts.flatMap(([ms, word]) => {
    const count = Math.floor(rest / ms)
    rest -= count * ms
    return count === 0 ? [] : [`${count} ${words[word]}`]
  })
  return `${ahead > 0 ? words.clockAhead : words.clockBehind} ${said.join(' ')}`
}
