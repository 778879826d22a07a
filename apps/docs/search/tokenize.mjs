/** Runs of Han characters, or of letters and digits of other writings. The parts of an error code count one by one. */
const RUNS = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu
const HAN = /^\p{Script=Han}/u

/** @param {string} run of Han characters @returns {string[]} each two that stand side by side; a single one as it is */
const pairs = (run) => {
  const characters = [...run]
  if (characters.length < 2) return characters
  return characters.slice(1).map((character, i) => characters[i] + character)
}

/**
 * The words of a text, for the index and for what a reader types alike. Chinese has no blanks, and a dictionary cuts a page
 * and a query in different places. Each two characters side by side never miss.
 * @param {string} text @param {string} [field] in a title single characters count, too @returns {string[]}
 */
export const tokenize = (text, field) =>
  (text.toLowerCase().match(RUNS) ?? []).flatMap((run) => {
    if (!HAN.test(run)) return [run]
    return field === 'title' ? [...pairs(run), ...new Set(run)] : pairs(run)
  })

/** @param {string} word @returns {boolean} Latin words are found by their beginning; Chinese pairs are whole */
export const isLatin = (word) => !HAN.test(word)
