import type { Person } from '../../contract.js'
import type { World } from '../../world/world.js'
import { sendBack, trustedRedirect, type PageAnswer } from './authorize.js'

/** Q34's numbers, which the component shows. */
const fail = (code: number, text: string): PageAnswer => ({ error: `${code} ${text}` })

export type LoginPage = PageAnswer | { choose: Person[] }

/**
 * Q34: `https://login.work.weixin.qq.com/wwlogin/sso/login`, for a desktop browser. There a member scans the code with
 * their phone. SIM: the page lists the members instead, and `as` names the one who scanned.
 */
export const webLogin = (world: World, query: Record<string, string>): LoginPage => {
  const { login_type, appid, agentid, redirect_uri, state, as } = query
  if (login_type !== 'CorpApp') return fail(-31_040, 'login_type')
  const ofCorp = world.wecomApps().filter(({ corpid }) => corpid === appid)
  if (ofCorp.length === 0) return fail(-31_027, 'appid')
  const app = ofCorp.find((one) => String(one.agentid) === agentid)
  if (!app) return fail(-31_028, 'agentid')
  if (!redirect_uri) return fail(-31_035, 'redirect_uri')
  const url = trustedRedirect(app, redirect_uri)
  if (!url) return fail(-31_039, 'redirect_uri')
  // Q34: a member inside the visible range.
  const members = world.people.list().filter((person) => world.people.inVisibleRange(person, app))
  if (as === undefined) return { choose: members }
  const person = members.find(({ id }) => id === as)
  if (!person) return fail(50_002, 'user not in the visible range of the app')
  return { location: sendBack(world, app, { url, state, person: person.id }) }
}
