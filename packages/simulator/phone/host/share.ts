import type { ShareCall } from '../../src/contract.js'
import { joinUrl } from './package.js'
import type { OpenPage } from './pages.js'
import type { ShareRequest } from './shell.js'

type Share = ShareCall['share'] & { promise?: Promise<ShareCall['share']> }

/** A promise in the answer counts if it comes within 3 s; else what else was answered does (Page reference). */
const promiseLimit = 3000

const pick = ({ title, path, imageUrl }: Share): ShareCall['share'] => ({
  ...(title !== undefined && { title }),
  ...(path !== undefined && { path }),
  ...(imageUrl !== undefined && { imageUrl }),
})

/** Asks the page what to share, and fills in WeChat's defaults: the mini-program's name, and this page. */
export const askPageForShare = async (
  page: OpenPage,
  from: 'menu' | 'button',
  target: unknown,
  appName: string,
): Promise<ShareRequest> => {
  const given = (page.instance.onShareAppMessage?.({ from, target }) ?? {}) as Share
  const late = new Promise<Share>((resolve) => {
    setTimeout(() => resolve({}), promiseLimit)
  })
  const promised = given.promise
    ? await Promise.race([Promise.resolve(given.promise).catch(() => ({})), late])
    : {}
  const path = `/${joinUrl(page.route, page.query)}`
  return {
    page: page.identity,
    from,
    share: { title: appName, path, ...pick(given), ...pick(promised) },
  }
}
