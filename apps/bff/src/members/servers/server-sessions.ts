import { Inject, Injectable } from '@nestjs/common'
import type { CreateServerSession, Session } from '@sealcard/protocol'
import { ApiError } from '../../core/errors/api-error.js'
import type { ServerPrincipal } from '../../http/access/principals.js'
import { typedName } from '../../http/parsing/typed-name.js'
import { NamePolicy } from '../names/name-policy.js'
import { NameStore } from '../names/name-store.js'
import { ViewerViews } from '../names/viewer-views.js'
import { AFTER_LOGIN, type AfterLogin } from '../sessions/after-login.js'
import { SessionStart } from '../sessions/session.service.js'

/** Logins whose code the adopter's back-end exchanged. */
@Injectable()
export class ServerSessions {
  constructor(
    private readonly starts: SessionStart,
    private readonly policy: NamePolicy,
    private readonly names: NameStore,
    private readonly views: ViewerViews,
    @Inject(AFTER_LOGIN) private readonly after: AfterLogin,
  ) {}

  /**
   * The session key is the current one from now on; the one before it opens proofs for five minutes more. Sessions of the
   * person stay.
   * @throws ApiError ERR_FORBIDDEN for an app whose codes this service exchanges; ERR_INPUT for the name;
   * ERR_LOGIN_REJECTED for a person whom an administrator blocked; ERR_RATE_LIMITED
   */
  async open(
    { app, actor: by }: ServerPrincipal,
    { platformId: viewerKey, sessionKey, name }: CreateServerSession,
  ): Promise<Session> {
    // Of two services that exchange codes, each would spoil the other's key.
    if (app.login !== 'server') throw new ApiError('ERR_FORBIDDEN')
    const given = name === undefined ? undefined : typedName('name', name)
    const session = await this.starts.begin({ app, viewerKey, kind: 'app', sessionKey, by })
    const source = this.policy.of(app)
    const { id } = session.viewer
    if (given === undefined || source === 'off') await this.after.loggedIn(id)
    else if ((await this.views.of(id)).name !== given) await this.names.put(id, given, source)
    return session
  }
}
