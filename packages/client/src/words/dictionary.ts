import { card } from './dictionary/card.js'
import { common } from './dictionary/common.js'
import { list } from './dictionary/list.js'
import { names } from './dictionary/names.js'
import { own } from './dictionary/own.js'
import { open } from './dictionary/open.js'
import { requests } from './dictionary/requests.js'
import { settings } from './dictionary/settings.js'
import { tables } from './dictionary/tables.js'
import { write } from './dictionary/write.js'

/** Every word that the mini-program and the web page both say, in both languages. */
export const dictionary = {
  ...common,
  ...list,
  ...write,
  ...card,
  ...names,
  ...open,
  ...own,
  ...requests,
  ...settings,
  ...tables,
} as const
