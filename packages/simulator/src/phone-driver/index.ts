export { ClientRefused, PhonePage, type ShareOptions } from './phone-page.js'
export type { FrameLike, LocatorLike, PageLike } from './page-like.js'
