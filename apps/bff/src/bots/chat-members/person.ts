import { Injectable } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import { ViewerRepository } from '../../members/sessions/viewer.repository.js'
import type { Language } from '../i18n/words.js'
import type { Bot } from '../registry/bots.service.js'
import { BotPersonEntity } from '../storage/bot-person.entity.js'

/** A person who talks to a bot: the same viewer as in the mini-program of the bot's app. */
export interface Person {
  readonly viewerId: string
  readonly language: Language
  readonly lastList: readonly string[]
  /** Time of the last answer with room for notices, milliseconds UTC; undefined: none yet. */
  readonly notifiedAt: number | undefined
  readonly known: boolean
}

type Memory = Pick<Person, 'language' | 'lastList'> & { notifiedAt: number }

@Injectable()
export class People {
  constructor(
    private readonly storage: DataSource,
    private readonly viewers: ViewerRepository,
  ) {}

  async meet(bot: Bot, userid: string): Promise<Person> {
    const viewerId = await this.viewers.idOf(bot.app, userid)
    const row = await this.storage.manager.findOneBy(BotPersonEntity, { botId: bot.id, viewerId })
    return {
      viewerId,
      language: languageIn(row),
      lastList: row?.lastList ?? [],
      notifiedAt: row?.notifiedAt,
      known: row !== null,
    }
  }

  /** The userid that shows a reader to the owner of the card; undefined: erased. */
  async useridOf(viewerId: string): Promise<string | undefined> {
    return (await this.viewers.keyOf(viewerId)) ?? undefined
  }

  /** The language of the person's last message to the bot; Chinese if there is none. */
  async languageOf({ id: botId }: Bot, viewerId: string): Promise<Language> {
    const row = await this.storage.manager.findOneBy(BotPersonEntity, { botId, viewerId })
    return languageIn(row)
  }

  /** @throws a unique violation when two first messages of the person arrive at once */
  async remember(
    manager: EntityManager,
    bot: Bot,
    { viewerId, known }: Person,
    { language, lastList, notifiedAt }: Memory,
  ): Promise<void> {
    const key = { botId: bot.id, viewerId }
    const memory = { language, lastList: [...lastList], notifiedAt }
    if (known) await manager.update(BotPersonEntity, key, memory)
    // A person who was erased in the meantime gets no new row.
    else if (await this.viewers.hold(manager, viewerId))
      await manager.insert(BotPersonEntity, { ...key, ...memory })
  }
}

const languageIn = (row: BotPersonEntity | null): Language => (row?.language === 'en' ? 'en' : 'zh')
