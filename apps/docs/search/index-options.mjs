import { isLatin, tokenize } from './tokenize.mjs'

/** The same for who writes the index and for who reads it. @type {import('minisearch').Options} */
export const INDEX = {
  fields: ['title', 'page', 'text'],
  storeFields: ['title', 'page', 'href'],
  idField: 'href',
  tokenize,
  processTerm: (term) => term,
}

/** @type {import('minisearch').SearchOptions} */
const SEARCH = {
  // What is typed counts as a part of a text. A single character is looked for in the titles.
  tokenize: (text) => tokenize(text),
  prefix: isLatin,
  fuzzy: (term) => (isLatin(term) && term.length > 4 ? 0.2 : false),
  boost: { title: 4, page: 2 },
}
/** Two words that are typed without a blank between make a pair that stands nowhere. */
const ENOUGH = 0.6

/**
 * @param {import('minisearch').default} index @param {string} query
 * @returns {import('minisearch').SearchResult[]} places that have all of it, then those that have most of it
 */
export const search = (index, query) => {
  const least = ENOUGH * new Set(tokenize(query)).size
  const most = index
    .search(query, { ...SEARCH, combineWith: 'OR' })
    .filter(({ queryTerms }) => queryTerms.length >= least)
  const all = new Set(index.search(query, { ...SEARCH, combineWith: 'AND' }).map(({ id }) => id))
  return [...most.filter(({ id }) => all.has(id)), ...most.filter(({ id }) => !all.has(id))]
}
