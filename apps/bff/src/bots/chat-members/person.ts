import { Injectable } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import { ViewerRepository } from '../../members/sessions/viewer.repository.js'
import type { Language } from '../i18n/words.js'
import type { Bot } from '../registry/bots.service.js'
import { BotPersonEntity } from '../storage/bot-person.entity.js'

/** Who talks to a bot: the same viewer as in the mini-program of the bot's app. */
export interface Person {
  readonly viewerId: string
  readonly language: Language
  readonly lastList: readonly string[]
  /** Milliseconds UTC; undefined before the first notice could have been told. */
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
    const viewerId = await this.viewers.idOf(bot.app.id, userid)
    const row = await this.storage.manager.findOneBy(BotPersonEntity, { botId: bot.id, viewerId })
    return {
      viewerId,
      language: languageIn(row),
      lastList: row?.lastList ?? [],
      notifiedAt: row?.notifiedAt,
      known: row !== null,
    }
  }

  /** The userid, to show a reader to the owner of the card; undefined once erased. */
  async useridOf(viewerId: string): Promise<string | undefined> {
    return (await this.viewers.keyOf(viewerId)) ?? undefined
  }

  /** The language in which they spoke to the bot last; Chinese to somebody who never did. */
  async languageOf({ id: botId }: Bot, viewerId: string): Promise<Language> {
    const row = await this.storage.manager.findOneBy(BotPersonEntity, { botId, viewerId })
    return languageIn(row)
  }

  /** @throws a unique violation when the person talks to the bot for the first time twice at once */
  async remember(
    manager: EntityManager,
    bot: Bot,
    { viewerId, known }: Person,
    { language, lastList, notifiedAt }: Memory,
  ): Promise<void> {
    const key = { botId: bot.id, viewerId }
    const memory = { language, lastList: [...lastList], notifiedAt }
    if (known) await manager.update(BotPersonEntity, key, memory)
    // Who was erased since they were met stays forgotten.
    else if (await this.viewers.hold(manager, viewerId))
      await manager.insert(BotPersonEntity, { ...key, ...memory })
  }
}

const languageIn = (row: BotPersonEntity | null): Language => (row?.language === 'en' ? 'en' : 'zh')
