import type { LoggerService } from '@nestjs/common'
import type { Logger, Params } from 'nestjs-pino'
import type { LogLevel } from '../config/config.js'

/**
 * JSON lines on standard output. Of a request, only what `RequestLog` names is logged. The redaction is a second line of
 * defence, for code that logs an object with a request in it.
 */
export const loggerParams = (level: LogLevel): Params => ({
  // No middleware: it would create a logger for each request and keep it in an AsyncLocalStorage. On Node 20 that slows
  // down every promise of the process. `RequestLog` names the request itself.
  forRoutes: [],
  pinoHttp: {
    level,
    redact: {
      paths: [
        'authorization',
        'token',
        'state',
        'activityId',
        'session_key',
        'sessionKey',
        '*.authorization',
        '*.token',
        '*.state',
        '*.activityId',
        '*.session_key',
        '*.sessionKey',
        'req.headers',
        'body',
        '*.body',
      ],
      censor: '[hidden]',
    },
  },
})

/** What Nest itself says, but for the list of routes and modules at every start. */
export const quiet = (logger: Logger): LoggerService => ({
  log: () => {},
  warn: (message: unknown, ...more: unknown[]) => logger.warn(message, ...(more as [])),
  error: (message: unknown, ...more: unknown[]) => logger.error(message, ...(more as [])),
  fatal: (message: unknown, ...more: unknown[]) => logger.fatal(message, ...(more as [])),
})
