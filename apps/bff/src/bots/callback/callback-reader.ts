import { Injectable } from '@nestjs/common'
import { sha256 } from '../../core/crypto/digest.js'
import { KeyedHash } from '../../database/keyed-hash/keyed-hash.service.js'
import type { Bot } from '../registry/bots.service.js'
import type { Cause, Refused } from '../registry/cause.js'
import { readInbound, type Inbound, type Read } from '../wire/inbound.js'
import type { VerifiedCallback } from './callback-verifier.js'

/** A verified callback, read: what happened, in which chat, and by which keys a repetition is recognised. */
export interface ReceivedCallback extends VerifiedCallback {
  /** SHA-256 of bot and ciphertext. */
  readonly id: string
  readonly inbound: Inbound
  /** SHA-256 of bot and msgid; null: the callback has no msgid of its own. */
  readonly messageKey: string | null
  /** Keyed hash of bot and chat. */
  readonly chatKey: string
  /** As `viewers.lookup`. */
  readonly person: string
}

@Injectable()
export class CallbackReader {
  constructor(private readonly hashes: KeyedHash) {}

  /** @returns `Refused` for a callback to another bot, or about a person of another corp */
  async read(verified: VerifiedCallback): Promise<ReceivedCallback | Refused> {
    const { bot, plaintext, replayKey } = verified
    const read = readInbound(plaintext)
    const refused = foreignIn(bot, read)
    if (refused) return { refused }
    const inbound = read.inbound ?? MALFORMED
    const userid = bot.platform.comparable(inbound.userid)
    const chat = inbound.group === undefined ? ['single', userid] : ['group', inbound.group]
    return {
      ...verified,
      id: sha256(JSON.stringify([bot.id, replayKey]), 'base64url'),
      inbound,
      messageKey: messageKeyOf(bot.id, inbound),
      chatKey: await this.hashes.hash('bot_chat', bot.id, ...chat),
      person: await this.hashes.hash('viewer', bot.app.id, userid),
    }
  }
}

/**
 * WeCom sends no corpid to a corp's own bot (WeCom 101027). So a corpid in a callback is another corp's, unless it equals
 * the app's. Case counts: encrypted corpids differ by it. A userid names a person within one corp only.
 */
const foreignIn = ({ aibotid, app, platform }: Bot, read: Read): Cause | undefined => {
  if (read.corpid !== undefined && read.corpid !== platform.bots.tenantOf(app)) return 'corpid'
  const isOther = aibotid !== undefined && read.aibotid !== undefined && read.aibotid !== aibotid
  return isOther ? 'aibotid' : undefined
}

/** Authentic, but of no documented form. */
const MALFORMED: Inbound = { kind: 'unknown', type: 'malformed', msgid: '', userid: '' }

/** No source says that the msgid of a poll is its own. A poll only reads, so it may be answered again. */
const messageKeyOf = (botId: string, { kind, msgid }: Inbound): string | null =>
  kind === 'poll' || msgid === '' ? null : sha256(JSON.stringify([botId, msgid]), 'base64url')
