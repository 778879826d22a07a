import type { Offboarded } from '@sealcard/protocol'
import { hasName } from '../../accounts/admin-audit-entry.js'
import { CLI } from './administration.js'
import { reasonAbout } from './blocking.js'
import {
  type Command,
  type CommandContext,
  EXIT,
  readOptions,
  UsageError,
  required,
  written,
} from './command.js'
import { withTools } from './tools.js'

/** Between two lines of progress, in rows. */
const STEP = 10_000

export const keysRewrap: Command = {
  name: 'keys rewrap',
  summary: 'moves every sealed value to the first key of SEALCARD_KEYRING, while the service runs',
  usage: `--json   the report as JSON
exit 1: rows are left that no key of the keyring opens; keep the old key, they are named`,
  run(context, args) {
    const { json } = readOptions(args, { json: { type: 'boolean' } })
    const { stdout, stderr } = context
    return withTools(context, async ({ rewrap, audit }) => {
      let told = 0
      const report = await rewrap.run(({ table, column, rows, moved }) => {
        if (rows < told) told = 0
        if (rows - told < STEP) return
        told = rows
        stderr.write(`${table}.${column}: ${rows} rows, ${moved} moved\n`)
      })
      const { primary, rows, moved, overtaken, failed } = report
      const clean = failed === 0 && overtaken === 0
      await audit.append({
        kind: 'keys.rewrap',
        actor: 'cli',
        subject: primary,
        decision: clean ? 'done' : 'incomplete',
        reason: `rows=${rows} moved=${moved} failed=${failed} overtaken=${overtaken}`,
      })
      if (json) stdout.write(`${JSON.stringify({ clean, ...report })}\n`)
      else {
        for (const { table, column, row, keyId, what } of report.failures)
          stdout.write(`FAILED ${table}.${column} ${row}: ${what}${keyId ? ` (${keyId})` : ''}\n`)
        stdout.write(
          `${rows} values, ${moved} moved to ${primary}, ${failed} failed, ${overtaken} to do again\n`,
        )
      }
      return clean ? EXIT.ok : EXIT.found
    })
  },
}

export const erase: Command = {
  name: 'erase',
  summary: 'erases a person of an app; there is no way back',
  usage: `--app <id>        the app, as the config file names it
--viewer <key>    the openid or userid
--reason <text>   kept in the audit, at most 200 characters; name nobody in it
--json            the report as JSON
--yes             asks nothing; on a terminal it asks otherwise
exit 1: there is no such person, or it was not confirmed
for example: sealcard erase --app acme-wecom --viewer zhang3 --reason "request of 1 March"`,
  async run(context, args) {
    const options = readOptions(args, {
      app: { type: 'string' },
      viewer: { type: 'string' },
      reason: { type: 'string' },
      json: { type: 'boolean' },
      yes: { type: 'boolean' },
    })
    const app = required(options.app, 'app')
    const viewer = required(options.viewer, 'viewer')
    const { reason = '', json } = options
    if (reason.length > 200) throw new UsageError('--reason is longer than 200 characters')
    if (hasName(reason, viewer)) throw new UsageError('--reason must not name the person')
    if (!options.yes && !(await confirmed(context, viewer))) {
      context.stderr.write('not confirmed: nothing was erased\n')
      return EXIT.found
    }
    return withTools(context, async ({ people }) => {
      const erased = await people.erase({ app, viewerKey: viewer }, { actor: 'cli', reason })
      if (json) context.stdout.write(`${JSON.stringify({ found: erased !== null, ...erased })}\n`)
      else if (!erased) context.stdout.write('no such person\n')
      else {
        const counts = Object.entries(erased).map(([what, n]) => `${n} ${what}`)
        context.stdout.write(`erased: ${counts.join(', ')}\n`)
      }
      return erased ? EXIT.ok : EXIT.found
    })
  },
}

/** A person at a terminal types the name again. A script, which has none, means what it says. */
const confirmed = async ({ questions }: CommandContext, viewer: string): Promise<boolean> => {
  const question = `This erases ${viewer}, and there is no way back. Type ${viewer} to go on: `
  const answer = (await questions?.ask(question)) ?? null
  return answer === null || answer === viewer
}

export const offboard: Command = {
  name: 'offboard',
  summary: 'ends all sessions of a person who leaves, and what else is chosen',
  usage: `--app <id>        the app, as the config file names it
--viewer <key>    the openid or userid
--reason <text>   kept in the audit, at most 150 characters; name nobody in it
--revoke-cards    revokes every card of the person
--block           lets the person log in no more
--erase           erases all that is held about the person; there is no way back
--dry-run         only counts what would happen
--json            the counts as JSON
exit 1: there is no such person`,
  run(context, args) {
    const options = readOptions(args, {
      app: { type: 'string' },
      viewer: { type: 'string' },
      reason: { type: 'string' },
      'revoke-cards': { type: 'boolean' },
      block: { type: 'boolean' },
      erase: { type: 'boolean' },
      'dry-run': { type: 'boolean' },
      json: { type: 'boolean' },
    })
    const app = required(options.app, 'app')
    const viewer = required(options.viewer, 'viewer')
    const reason = reasonAbout(viewer, required(options.reason, 'reason'))
    const { 'revoke-cards': revokeCards, block, erase, 'dry-run': dryRun, json } = options
    const chosen = { revokeCards, block, erase, dryRun }
    return withTools(context, async ({ offboarding, viewers }) => {
      const id = (await viewers.find(app, viewer))?.id
      const done = id && (await offboarding.run(CLI, id, { reason, ...chosen }))
      if (json)
        context.stdout.write(`${JSON.stringify({ found: Boolean(done), ...(done || {}) })}\n`)
      else context.stdout.write(done ? `${told(done)}\n` : 'no such person\n')
      return done ? EXIT.ok : EXIT.found
    })
  },
}

const told = ({ dryRun, sessions, cards, received, blocked, erased }: Offboarded): string => {
  const rows = Object.entries(erased ?? {}).map(([table, n]) => `${n} ${table}`)
  const parts = [
    `${sessions} sessions ended`,
    `${cards} cards revoked`,
    `${received} cards of others were opened`,
    blocked ? 'blocked' : 'not blocked',
    ...(rows.length > 0 ? [`erased: ${rows.join(', ')}`] : []),
  ]
  return `${dryRun ? 'would be: ' : ''}${parts.join('; ')}`
}

export const exportPerson: Command = {
  name: 'export-person',
  summary: 'writes everything about a person of an app to standard output, as JSON',
  usage: `--app <id>       the app, as the config file names it
--viewer <key>   the openid or userid
exit 1: there is no such person`,
  run(context, args) {
    const options = readOptions(args, { app: { type: 'string' }, viewer: { type: 'string' } })
    const app = required(options.app, 'app')
    const viewer = required(options.viewer, 'viewer')
    return withTools(context, async ({ people }) => {
      const lines = await people.export({ app, viewerKey: viewer }, 'machine', { actor: 'cli' })
      if (!lines) context.stderr.write('no such person\n')
      else for await (const line of lines) await written(context.stdout, line)
      return lines ? EXIT.ok : EXIT.found
    })
  },
}
