import { Inject, Injectable } from '@nestjs/common'
import { type AppConfig, CONFIG, type Config } from '../../core/config/config.js'

/** The registered apps. */
@Injectable()
export class Apps {
  readonly #apps: ReadonlyMap<string, AppConfig>

  constructor(@Inject(CONFIG) config: Config) {
    this.#apps = new Map(config.apps.map((app) => [app.id, app]))
  }

  find(id: string): AppConfig | undefined {
    return this.#apps.get(id)
  }
}
