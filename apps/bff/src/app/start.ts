import { NestFactory } from '@nestjs/core'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { CryptoError } from '@sealcard/crypto'
import type { InternalErrorCode } from '@sealcard/protocol'
import { Logger } from 'nestjs-pino'
import { SetupTokens } from '../accounts/setup-tokens.js'
import { unofficialBases } from '../audit/unofficial-bases.js'
import type { Config } from '../core/config/config.js'
import { quiet } from '../core/logging/logger.js'
import { nameOf } from '../core/text.js'
import { TIMERS, type Timers } from '../core/ports/timers.js'
import { asConfigError, isDatabaseError } from '../database/trouble.js'
import { createAdapter } from '../http/server/adapter.js'
import { drainServer } from '../http/server/drain.js'
import { configureEdge } from '../http/server/edge.js'
import { MetricsServer } from '../http/health/metrics-server.js'
import { LoadShedding } from '../http/server/load-shedding.js'
import { Metrics } from '../observability/metrics.js'
import { Readiness } from '../observability/readiness.js'
import { withoutValues } from '../observability/request-log.js'
import { AppModule } from './app.module.js'
import { version } from './version.js'

/** The service could not listen, for requests or for those who read its metrics. */
export class ListenFailure extends Error {
  readonly code = 'ERR_LISTEN' satisfies InternalErrorCode
  constructor(
    cause: unknown,
    readonly listensFor: 'requests' | 'metrics' = 'requests',
  ) {
    super(`cannot listen for ${listensFor}`, { cause })
    this.name = 'ListenFailure'
  }
}

/** One line that names the key to look at. Of an unknown error only what cannot hold a secret. */
export const startFailure = (error: unknown, config: Config): string => {
  if (error instanceof ListenFailure)
    return error.listensFor === 'requests'
      ? listenFailure(error.cause, config)
      : `metrics: cannot listen there (${nameOf(error.cause)}): choose another port`
  if (isDatabaseError(error))
    return `DATABASE_URL: ${asConfigError(error, config.database).message}`
  if (error instanceof CryptoError)
    return `SEALCARD_KEYRING: it does not open what the database holds: ${error.code}`
  return `an error that is not expected here (${nameOf(error)}): run \`sealcard doctor\`, and report this line`
}

const listenFailure = (error: unknown, { server }: Config): string => {
  const { code } = (error ?? {}) as { code?: unknown }
  const address = `${server.host}:${server.port}`
  if (code === 'EADDRINUSE') return `PORT: ${address} is in use by another process`
  if (code === 'EACCES') return `PORT: this user may not listen on ${address}`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `HOST: ${server.host} is not an address of this machine`
  return `HOST, PORT: cannot listen on ${address} (${nameOf(error)})`
}

/** A request that is still running then is cut: the process must be gone within ten seconds. */
const DRAIN_MS = 9_000
/** A request that still waits for a turn then gets 503 and may retry elsewhere. */
const WAIT_MS = 7_000

/** Runs the service until SIGTERM or SIGINT. */
export const start = async (config: Config, proc: NodeJS.Process): Promise<void> => {
  let app: NestFastifyApplication
  try {
    app = await NestFactory.create<NestFastifyApplication>(
      AppModule.of(config),
      createAdapter(config),
      {
        bodyParser: false,
        // We print a failed start as one line. Nest would log it as well, with a stack.
        logger: false,
        abortOnError: false,
      },
    )
    app.get(Metrics).ofProcess(version)
    await configureEdge(app)
    await listen(app, config)
    await listenForMetrics(app)
    app.useLogger(quiet(app.get(Logger)))
  } catch (error) {
    proc.stderr.write(`cannot start: ${startFailure(error, config)}\n`)
    proc.exit(1)
  }
  stopOnSignals(app, proc)
  // Signal handlers come first: a supervisor that reads "ready" may send SIGTERM at once.
  proc.stdout.write(`sealcard bff ready on ${await app.getUrl()} (${modeOf(config)})\n`)
  await offerSetup(app, proc)
}

const listen = async (app: NestFastifyApplication, { server }: Config): Promise<void> => {
  // The modules' init hooks query the database. Their errors do not concern the address.
  await app.init()
  try {
    await app.listen(server.port, server.host)
  } catch (error) {
    throw new ListenFailure(error)
  }
}

const listenForMetrics = async (app: NestFastifyApplication): Promise<void> => {
  try {
    await app.get(MetricsServer).listen()
  } catch (error) {
    throw new ListenFailure(error, 'metrics')
  }
}

/** What the operator must see at the start: a forgotten NODE_ENV, and hosts that are not the platforms'. */
const modeOf = ({ mode, apps }: Config): string =>
  [
    mode,
    ...unofficialBases(apps).map(({ app, host }) => `${app} at ${host} by unofficialApiBase`),
  ].join('; ')

/** Prints a setup token if no administrator exists. A reader of the output can then create the first one. */
const offerSetup = async (app: NestFastifyApplication, proc: NodeJS.Process): Promise<void> => {
  // To be ready does not depend on it: `sealcard admin create` does the same.
  const issued = await app
    .get(SetupTokens)
    .issueFirst()
    .catch(() => null)
  if (!issued) return
  proc.stdout.write(
    `no administrator yet: within an hour, POST /v1/admin/setup with the token ${issued.token}\n` +
      `or open ${await app.getUrl()}/console/setup#${issued.token}\n`,
  )
}

/** A second signal changes nothing: a terminal and a package manager both pass on the same one. */
const stopOnSignals = (app: NestFastifyApplication, proc: NodeJS.Process): void => {
  let draining: Promise<void> | undefined
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    proc.on(signal, () => {
      draining ??= drain(app, proc).catch((error: unknown) => {
        proc.stderr.write(`cannot stop cleanly: ${JSON.stringify(withoutValues(error))}\n`)
        proc.exit(1)
      })
    })
}

/** Reports not ready, waits until no client connects, stops listening, finishes the requests in flight, and exits. */
const drain = async (app: NestFastifyApplication, proc: NodeJS.Process): Promise<void> => {
  setTimeout(() => proc.exit(1), DRAIN_MS).unref()
  app.get(Readiness).drain()
  const timers = app.get<Timers>(TIMERS)
  const waitNoMore = timers.after(WAIT_MS, () => app.get(LoadShedding).turnAwayWaiting())
  await drainServer(app.getHttpServer(), timers)
  waitNoMore()
  await app.close()
  proc.exit(0)
}
