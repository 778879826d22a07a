import { ActReason } from '@sealcard/protocol'
import { hasName } from '../../accounts/admin-audit-entry.js'
import { CLI } from './administration.js'
import { type Command, EXIT, readOptions, required, UsageError } from './command.js'
import { withTools } from './tools.js'

/** The reason of an act about a person. @throws UsageError */
export const reasonAbout = (viewer: string, given: string): string => {
  const reason = ActReason.safeParse(given)
  if (!reason.success) throw new UsageError('--reason must be one line of at most 150 characters')
  if (hasName(reason.data, viewer)) throw new UsageError('--reason must not name the person')
  return reason.data
}

const OPTIONS = {
  app: { type: 'string' },
  viewer: { type: 'string' },
  reason: { type: 'string' },
  json: { type: 'boolean' },
} as const

const USAGE = `--app <id>        the app, as the config file names it
--viewer <key>    the openid or userid
--reason <text>   kept in the audit, at most 150 characters; name nobody in it
--json            the result as JSON
exit 1: there is no such person`

export const block: Command = {
  name: 'block',
  summary: 'ends all sessions of a person, and lets the person log in no more',
  usage: USAGE,
  run(context, args) {
    const options = readOptions(args, OPTIONS)
    const app = required(options.app, 'app')
    const viewer = required(options.viewer, 'viewer')
    const reason = reasonAbout(viewer, required(options.reason, 'reason'))
    return withTools(context, async ({ blocking, viewers }) => {
      const id = (await viewers.find(app, viewer))?.id
      const ended = id === undefined ? null : await blocking.block(CLI, id, reason)
      const found = ended !== null
      if (options.json)
        context.stdout.write(`${JSON.stringify({ found, ...(found && { ended }) })}\n`)
      else context.stdout.write(found ? `blocked; ${ended} sessions ended\n` : 'no such person\n')
      return found ? EXIT.ok : EXIT.found
    })
  },
}

export const unblock: Command = {
  name: 'unblock',
  summary: 'lets a blocked person log in again; sessions that ended stay ended',
  usage: USAGE,
  run(context, args) {
    const options = readOptions(args, OPTIONS)
    const app = required(options.app, 'app')
    const viewer = required(options.viewer, 'viewer')
    const reason = options.reason === undefined ? '' : reasonAbout(viewer, options.reason)
    return withTools(context, async ({ blocking, viewers }) => {
      const id = (await viewers.find(app, viewer))?.id
      if (id !== undefined) await blocking.unblock(CLI, id, reason)
      const found = id !== undefined
      if (options.json) context.stdout.write(`${JSON.stringify({ found })}\n`)
      else context.stdout.write(found ? 'not blocked\n' : 'no such person\n')
      return found ? EXIT.ok : EXIT.found
    })
  },
}
