import { Inject, Injectable } from '@nestjs/common'
import { type AppConfig, CONFIG, type Config } from '../../core/config/config.js'
import { KeyedHash } from '../../database/keyed-hash/keyed-hash.service.js'
import { Platforms } from '../../platforms/registry/platforms.js'

/** Keyed hashes of a person's name: as it is compared, and as it came. */
export interface Lookups {
  readonly lookup: string
  readonly asSpelled: string
}

/** Under which keyed hashes the database knows a person. */
@Injectable()
export class ViewerLookups {
  constructor(
    private readonly keyedHash: KeyedHash,
    private readonly platforms: Platforms,
    @Inject(CONFIG) private readonly config: Pick<Config, 'apps'>,
  ) {}

  async of(app: AppConfig, viewerKey: string): Promise<Lookups> {
    return {
      lookup: await this.#hash(app.id, this.platforms.of(app).comparable(viewerKey)),
      asSpelled: await this.#hash(app.id, viewerKey),
    }
  }

  /** The same for any app. The platform of an app that left the configuration is unknown: every platform's counts. */
  async ofAny(appId: string, viewerKey: string): Promise<readonly string[]> {
    const app = this.config.apps.find(({ id }) => id === appId)
    const platforms = app ? [this.platforms.of(app)] : this.platforms.all
    const spellings = platforms.map((platform) => platform.comparable(viewerKey))
    return Promise.all(
      [...new Set([viewerKey, ...spellings])].map((spelling) => this.#hash(appId, spelling)),
    )
  }

  /** Whose the limits are while the person is erased: see `MoveLimits`. */
  async traceOf(lookup: string): Promise<string> {
    return (await this.keyedHash.hash('viewer', 'erased', 'limits', lookup)).slice(0, 22)
  }

  #hash(appId: string, spelling: string): Promise<string> {
    return this.keyedHash.hash('viewer', appId, spelling)
  }
}
