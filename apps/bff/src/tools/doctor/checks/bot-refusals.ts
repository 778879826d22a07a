import { In, MoreThan } from 'typeorm'
import type { Cause } from '../../../bots/registry/cause.js'
import { BotCallbackEntity } from '../../../bots/storage/bot-callback.entity.js'
import { BotRefusalEntity } from '../../../bots/storage/bot-refusal.repository.js'
import { DAY, wireTime } from '../../../core/time.js'
import { type Check, type DatabaseContext, ok, type Said, warning } from '../support/check.js'

/** Callbacks that the service refused within the last day. What the platform shows for each of them is one sentence. */
export const botRefusals: Check<DatabaseContext> = {
  name: 'bot callbacks',
  timeoutMs: 15_000,
  async run({ config, storage, clock }) {
    const ids = config.bots.map(({ id }) => id)
    if (ids.length === 0) return []
    const lastAt = MoreThan(clock.now() - DAY)
    const rows = await storage.manager.findBy(BotRefusalEntity, { botId: In(ids), lastAt })
    const found = await Promise.all(
      ids.map(async (id): Promise<Said[]> => {
        const own = rows.filter(({ botId }) => botId === id)
        if (own.length === 0) return [ok('none', 'no callback was refused within a day', id)]
        const last = await storage.manager.findOne(BotCallbackEntity, {
          select: { id: true, at: true },
          where: { botId: id },
          order: { at: 'DESC' },
        })
        return own.sort((a, b) => b.lastAt - a.lastAt).map((row) => said(row, last?.at ?? 0))
      }),
    )
    return found.flat()
  },
}

/** Anyone who knows the URL can cause these. Only a holder of the Token can cause the others. */
const ANYBODYS: readonly Cause[] = ['query', 'time', 'address', 'body', 'bot', 'signature']

const said = (
  { botId, cause, since, times, lastAt, seconds }: BotRefusalEntity,
  heardAt: number,
) => {
  const [why, todo] = EXPLAINED[cause]
  const when = `since ${wireTime(since)}, the last at ${wireTime(lastAt)}`
  const far = cause === 'time' ? ` (${Math.abs(seconds)} s ${seconds > 0 ? 'old' : 'ahead'})` : ''
  const what = `${times} callbacks refused ${when}: ${why}${far}`
  // A genuine callback came later, so no wrong setting caused the refusals.
  if (ANYBODYS.includes(cause) && heardAt > lastAt) {
    return ok(`refused-${cause}`, `${what}; true ones came since`, botId)
  }
  return warning(`refused-${cause}`, what, todo, botId)
}

const ANYBODY =
  'Anyone can send such a request: if the bot answers its members, there is nothing to do.'

/** What it is, and what to do. */
const EXPLAINED: Readonly<Record<Cause, readonly [why: string, todo: string]>> = {
  query: [
    'msg_signature, timestamp, nonce (echostr) are missing, repeated or of another form',
    `Let every gateway pass the query on unchanged. ${ANYBODY}`,
  ],
  time: [
    'the timestamp is more than 300 s away from this machine’s clock',
    `Keep the time by NTP on every machine; let no gateway hold callbacks back. ${ANYBODY}`,
  ],
  address: [
    'long ones, from an address that had sent 100 false ones in the minute',
    `Name the proxy in trustedProxies, so that strangers do not share the platform’s address. ${ANYBODY}`,
  ],
  body: [
    'the body is no JSON with `encrypt`, or above 256 KiB',
    `Give this URL to a smart bot, not to an app’s callback (XML); let every gateway pass the body on. ${ANYBODY}`,
  ],
  bot: ['the URL names no bot', 'Correct the URL in the admin console.'],
  signature: [
    'the signature does not fit',
    `Copy Token anew from the bot’s page in the admin console. If it is the same, a gateway changes the query (a + becomes a blank). ${ANYBODY}`,
  ],
  key: [
    'the signature fits, the text does not open',
    'Copy EncodingAESKey anew from the bot’s page in the admin console.',
  ],
  receiveid: [
    'all fits, but it names another receiver',
    'Correct `receiveId`: it is empty for a bot of an enterprise’s own.',
  ],
  aibotid: [
    'true ones, for another bot',
    'Correct or remove `aibotid`, or give each bot a URL of its own.',
  ],
  corpid: [
    'true ones, about people of another corp than the app’s',
    'If they are your own people, correct `corpid` of the app; else take the bot from the other corp.',
  ],
}
