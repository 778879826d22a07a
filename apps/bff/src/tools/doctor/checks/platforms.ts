import type { AppConfig } from '../../../core/config/config.js'
import { PlatformError, PlatformUnreachable } from '../../../platforms/calls/platform-error.js'
import { type Check, type Context, ok, type Said, warning, wrong } from '../support/check.js'
import { explainErrcode } from '../support/errcodes.js'
import { answerOf } from '../support/platform-answer.js'
import type { PlatformProbe } from '../support/platform-probe.js'

/** Each app by itself: a silent app must not hide the wrong secret of another app. */
export const platforms: Check = {
  name: 'platforms',
  timeoutMs: 20_000,
  async run(context) {
    const probe = context.probe(context.config)
    try {
      const { apps } = context.config
      return (await Promise.all(apps.map((app) => examineApp(context, probe, app)))).flat()
    } finally {
      await probe.close()
    }
  },
}

const examineApp = async (
  context: Context,
  probe: PlatformProbe,
  app: AppConfig,
): Promise<readonly Said[]> => {
  const answer = await answerOf(context, app)
  if (answer.some(({ status }) => status === 'wrong')) return answer
  return [...answer, ...(await credentials(context, probe, app))]
}

/** From the first request that needs the secret to the one that logs a person in. */
const credentials = async (
  { platforms }: Context,
  probe: PlatformProbe,
  app: AppConfig,
): Promise<readonly Said[]> => {
  try {
    const token = await probe.token(app)
    await probe.login(app, token)
    return [
      ok('token', 'gives an access token, and takes logins from this server’s address', app.id),
    ]
  } catch (error) {
    if (error instanceof PlatformError) return [explainErrcode(platforms.of(app), app, error)]
    if (error instanceof PlatformUnreachable) return [unreachable(app, error)]
    throw error
  }
}

const unreachable = (app: AppConfig, { operation, reason }: PlatformUnreachable): Said =>
  reason === 'busy'
    ? warning('busy', `${operation}: the platform is busy`, 'Run the doctor again later.', app.id)
    : wrong(
        'no-sense',
        `${operation}: no answer of the platform’s API (${reason})`,
        'See whether a proxy or a login page stands between this server and the platform, and whether apiBase is right.',
        app.id,
      )
