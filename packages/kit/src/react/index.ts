export type { PageHooks, SharePageHooks } from './page.js'
export { useOpening, type UseOpening, type UseOpeningOptions } from './use-opening.js'
export {
  usePrivateShare,
  type UsePrivateShare,
  type UsePrivateShareOptions,
} from './use-private-share.js'
