import { emptyBotState, type BotConfig } from './bot-types.js'
import type { WorldCore } from './core.js'
import { lookup } from './lookup.js'
import { badInput, notFound } from './problem.js'
import { BotRecord } from './records.js'

export interface NewBot extends Omit<BotConfig, 'receiveId' | 'aibotid' | 'name'> {
  id?: string | undefined
  receiveId?: string | undefined
  aibotid?: string | undefined
  name?: string | undefined
}

/** The corp's smart bots, and what was said with them. */
export class Bots {
  constructor(private readonly core: WorldCore) {}

  list(): BotRecord[] {
    return Object.values(this.core.state.bots)
  }

  get(id: string): BotRecord {
    const bot = lookup(this.core.state.bots, id)
    if (!bot) throw notFound('bot', id)
    return bot
  }

  add({ id: wanted, receiveId = '', aibotid, name, ...rest }: NewBot): BotRecord {
    const id = wanted ?? this.core.nextId('bot-')
    if (lookup(this.core.state.bots, id)) throw badInput('id', 'is taken')
    const config: BotConfig = {
      ...rest,
      receiveId,
      aibotid: aibotid ?? `aibFAKE${this.core.token(16)}`,
      name: name ?? '封笺助手',
    }
    const bot = { id, config, state: emptyBotState() }
    this.core.state.bots[id] = bot
    this.core.changed('bots', id)
    return bot
  }

  /** Registers a bot, or gives it other settings; what was said with it stays. */
  put(id: string, { receiveId, aibotid, name, ...rest }: Omit<NewBot, 'id'>): BotRecord {
    const known = lookup(this.core.state.bots, id)
    if (!known) return this.add({ id, receiveId, aibotid, name, ...rest })
    known.config = {
      ...rest,
      receiveId: receiveId ?? known.config.receiveId,
      aibotid: aibotid ?? known.config.aibotid,
      name: name ?? known.config.name,
    }
    this.core.changed('bots', id)
    return known
  }

  remove(id: string): void {
    this.get(id)
    delete this.core.state.bots[id]
    this.core.changed('bots', id)
  }
}
