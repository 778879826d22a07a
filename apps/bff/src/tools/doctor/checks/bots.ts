import { createCallbackKey } from '@sealcard/crypto'
import { In, MoreThan } from 'typeorm'
import { hasNoticesEnabled } from '../../../bots/registry/bots.service.js'
import type { Cause } from '../../../bots/registry/cause.js'
import { BotCallbackEntity } from '../../../bots/storage/bot-callback.entity.js'
import { BotRefusalEntity } from '../../../bots/storage/bot-refusal.repository.js'
import type { BotConfig } from '../../../core/config/config.js'
import { wireTime, DAY } from '../../../core/time.js'
import {
  type Check,
  ok,
  type Said,
  warning,
  wrong,
  type DatabaseContext,
} from '../support/check.js'

export const bots: Check = {
  name: 'bots',
  timeoutMs: 1_000,
  run({ config, clock }) {
    if (config.bots.length === 0) return [ok('none', 'none configured')]
    return config.bots.flatMap((bot) => [
      ...present(bot),
      ...previous(bot, clock.now()),
      ...notices(bot),
    ])
  },
}

const present = (bot: BotConfig): readonly Said[] =>
  works(bot, bot)
    ? [ok('keys', 'token and EncodingAESKey have their form', bot.id)]
    : [badKeys(bot.id, 'token or EncodingAESKey')]

const previous = (bot: BotConfig, now: number): readonly Said[] => {
  const { previous: keys, id } = bot
  if (!keys) return []
  const todo = 'Remove `previous` of this bot.'
  if (!works(keys, bot)) return [badKeys(id, 'previous token or EncodingAESKey')]
  if (keys.until === undefined) {
    const what = 'the previous keys are accepted without end'
    return [warning('previous-endless', what, 'Give `previous.until`, or remove `previous`.', id)]
  }
  if (keys.until > now) return []
  const when = wireTime(keys.until)
  return [warning('previous-overdue', `the previous keys ended at ${when}`, todo, id)]
}

/** Only the first message shows whether the platform takes the app's messages. The doctor sends no test message. */
const notices = ({ id, notices: told }: BotConfig): readonly Said[] => {
  if (told?.by !== 'app-message') return []
  if (hasNoticesEnabled(told)) {
    return [ok('notices', 'notices go out as messages of the app', id)]
  }
  const what = 'notices are to be sent as messages of the app, and none is switched on'
  return [warning('notices-none', what, 'Switch on one of `notices`, or remove `notices.by`.', id)]
}

const works = (
  { token, encodingAesKey }: Pick<BotConfig, 'token' | 'encodingAesKey'>,
  { receiveId }: BotConfig,
): boolean => {
  try {
    const keys = { token: token.reveal(), encodingAesKey: encodingAesKey.reveal(), receiveId }
    createCallbackKey(keys)
    return Buffer.from(keys.encodingAesKey, 'base64').length === 32
  } catch {
    return false
  }
}

const badKeys = (id: string, which: string): Said =>
  wrong(
    'keys-wrong',
    `${which} cannot be used: the token has 1 to 32 letters and digits, the key 43`,
    'Copy both anew from the bot’s page in the admin console.',
    id,
  )

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
