export { ClientRefused, PhonePage, type ShareOptions } from './phone-page.js'
export type { PageLike } from './page-like.js'
