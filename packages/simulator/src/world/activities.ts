import type { WorldCore } from './core.js'
import type { ActivityRecord } from './records.js'
import { lookup } from './lookup.js'

const DAY = 86_400_000
/** W3, C3: 7 days to share, 120 days to verify, both from creation. */
export const SHARE_WINDOW_MS = 7 * DAY
export const VERIFY_WINDOW_MS = 120 * DAY
/** W3: `expiration_time` is creation plus 24 h and says nothing about private messages (C3). */
export const ACTIVITY_EXPIRATION_MS = DAY

export class Activities {
  constructor(private readonly core: WorldCore) {}

  /** W3: observed as `<digits>_<base64url>`, 85 characters (C1). */
  create(appid: string, sharer: string | null): { id: string; expirationTime: number } {
    const id = `1151_${this.core.token(80)}`
    const createdAt = this.core.now()
    this.core.state.activities[id] = { appid, sharer, createdAt }
    this.core.changed()
    return { id, expirationTime: Math.floor((createdAt + ACTIVITY_EXPIRATION_MS) / 1000) }
  }

  get(id: string): ActivityRecord | null {
    return lookup(this.core.state.activities, id) ?? null
  }

  /** W3: bound to one sharer, in its own mini-program, for 7 days. */
  mayShare(id: string, appid: string, person: string): boolean {
    const activity = this.get(id)
    if (!activity || activity.appid !== appid) return false
    const anybody = this.core.state.settings.wechat.activityWithoutSharer === 'anybody'
    const sharerFits = activity.sharer === null ? anybody : activity.sharer === person
    return sharerFits && this.core.now() <= activity.createdAt + SHARE_WINDOW_MS
  }

  sharedInTime(id: string, sentAt: number): boolean {
    const activity = this.get(id)
    return activity !== null && sentAt <= activity.createdAt + SHARE_WINDOW_MS
  }

  inVerifyWindow(id: string): boolean {
    const activity = this.get(id)
    return activity !== null && this.core.now() <= activity.createdAt + VERIFY_WINDOW_MS
  }
}
