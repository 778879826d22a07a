import { Injectable } from '@nestjs/common'
import type { Me } from '@sealcard/protocol'
import type { AppConfig } from '../../core/config/config.js'
import { Platforms } from '../../platforms/registry/platforms.js'

/** Where the names of an app's people come from; `off`: none is fetched, stored or shown. */
@Injectable()
export class NamePolicy {
  constructor(private readonly platforms: Platforms) {}

  of(app: AppConfig): Me['nameFrom'] {
    return app.names ?? (this.platforms.of(app).givesNames ? 'platform' : 'self')
  }
}
