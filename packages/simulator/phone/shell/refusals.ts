import { worldEn } from './words/world.js'
import type { Words } from './words.js'

/** The sentences that the simulator refuses with are English. These are the same in the words of the phone. */
const REASONS = [
  'reasonForward',
  'reasonNotInChat',
  'reasonWindow',
  'reasonMenu',
  'reasonNoCard',
  'reasonEverybody',
] as const

export const inWords = (sentence: string, words: Words): string => {
  const known = REASONS.find((one) => worldEn[one] === sentence)
  return known ? words[known] : sentence
}
