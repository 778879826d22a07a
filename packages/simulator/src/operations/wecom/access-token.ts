import type { WecomApp } from '../../world/records.js'
import { tokenApp, type World } from '../../world/world.js'
import { wecomError } from './errors.js'

/** Answers the app whose token this is. Q15: 41001 missing, 40014 wrong or ended early, 42001 expired. */
export const mustBeToken = (world: World, query: Record<string, string>): WecomApp => {
  const token = query['access_token']
  if (!token) throw wecomError(41001)
  const { state, record } = world.tokens.find(token)
  if (!record || record.kind !== 'wecom') throw wecomError(40014)
  if (state === 'expired') throw wecomError(42001)
  const app = world.wecomApps().find((known) => tokenApp(known) === record.app)
  if (state === 'replaced' || !app) throw wecomError(40014)
  return app
}
