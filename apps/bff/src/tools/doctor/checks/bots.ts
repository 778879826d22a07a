import { createCallbackKey } from '@sealcard/crypto'
import { hasNoticesEnabled } from '../../../bots/registry/bots.service.js'
import type { BotConfig } from '../../../core/config/config.js'
import { wireTime } from '../../../core/time.js'
import { type Check, ok, type Said, warning, wrong } from '../support/check.js'

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
