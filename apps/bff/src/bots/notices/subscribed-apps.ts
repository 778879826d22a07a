import { Inject, Injectable } from '@nestjs/common'
import { CONFIG, type Config } from '../../core/config/config.js'
import { Platforms } from '../../platforms/registry/platforms.js'

/** Apps whose people can accept messages. */
@Injectable()
export class SubscribedApps {
  readonly #ids: readonly string[]

  constructor(@Inject(CONFIG) { apps }: Config, platforms: Platforms) {
    this.#ids = apps.flatMap((app) => {
      const templates = platforms.of(app).subscriptions?.templatesOf(app) ?? {}
      return Object.keys(templates).length > 0 ? [app.id] : []
    })
  }

  appIds(): readonly string[] {
    return this.#ids
  }
}
