import { Inject, Injectable } from '@nestjs/common'
import { type ChooseNotices, type MyNotices, NoticeKind } from '@sealcard/protocol'
import { DataSource } from 'typeorm'
import { CONFIG, type BotNotices, type Config } from '../../core/config/config.js'
import type { Principal } from '../../http/access/principals.js'
import { Platforms } from '../../platforms/registry/platforms.js'
import { ViewerRepository } from '../sessions/viewer.repository.js'
import { NoticeChoiceEntity } from './notice-choice.entity.js'

/** By which keys of the configuration an app tells it. */
const SWITCHES = {
  opened: ['firstOpening', 'laterReaders'],
  requested: ['accessRequests'],
  refused: ['refusedAttempts'],
  expiring: ['expiringTomorrow'],
} as const satisfies Record<NoticeKind, readonly (keyof BotNotices)[]>

const isTold = (notices: BotNotices | undefined, kind: NoticeKind): boolean =>
  notices !== undefined && SWITCHES[kind].some((key) => notices[key] === true)

/** What people want to be told about their cards. */
@Injectable()
export class NoticeChoices {
  constructor(private readonly storage: DataSource) {}

  async offOf(viewerId: string): Promise<ReadonlySet<NoticeKind>> {
    const row = await this.storage.manager.findOneBy(NoticeChoiceEntity, { viewerId })
    return new Set(row?.off)
  }
}

/** The same, for the person. */
@Injectable()
export class MyNoticesService {
  constructor(
    private readonly storage: DataSource,
    private readonly choices: NoticeChoices,
    private readonly platforms: Platforms,
    private readonly viewers: ViewerRepository,
    @Inject(CONFIG) private readonly config: Pick<Config, 'bots'>,
  ) {}

  async read({ viewerId, app }: Principal): Promise<MyNotices> {
    const off = await this.choices.offOf(viewerId)
    const told = NoticeKind.options.filter((kind) =>
      this.config.bots.some((bot) => bot.app === app.id && isTold(bot.notices, kind)),
    )
    return {
      kinds: Object.fromEntries(told.map((kind) => [kind, !off.has(kind)])),
      templates: this.platforms.of(app).subscriptions?.templatesOf(app) ?? {},
    }
  }

  async choose(me: Principal, { kinds }: ChooseNotices): Promise<MyNotices> {
    const { viewerId } = me
    await this.storage.transaction(async (manager) => {
      await this.viewers.lock(manager, viewerId)
      const known = await manager.findOneBy(NoticeChoiceEntity, { viewerId })
      const off = NoticeKind.options.filter((kind) => {
        const wanted = kinds[kind]
        return wanted === undefined ? known?.off.includes(kind) : !wanted
      })
      if (known) await manager.update(NoticeChoiceEntity, { viewerId }, { off })
      else await manager.insert(NoticeChoiceEntity, { viewerId, off })
    })
    return this.read(me)
  }
}
