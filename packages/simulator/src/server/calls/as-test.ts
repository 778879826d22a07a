import type { KeptCall } from './call-types.js'

interface WxArgs {
  page?: string
  args?: Record<string, unknown>
}

/** What a test can repeat without a secret: what a person does, and what the client answers. */
export const isTestable = ({ layer, phone, name }: Pick<KeptCall, 'layer' | 'phone' | 'name'>) =>
  phone !== null && (layer === 'wx' || (layer === 'person' && name !== 'close'))

const literal = (value: unknown): string => JSON.stringify(value)

/** How the call before gave this phone its ticket: a test needs one of its own. */
const openedBefore = (call: KeptCall, before: readonly KeptCall[]): KeptCall | undefined => {
  const ticket = ((call.args as WxArgs).args ?? {})['shareTicket']
  if (ticket === undefined) return undefined
  return before.findLast(
    ({ phone, name, answer }) =>
      phone === call.phone &&
      (name === 'openings' || name === 'wx.qy.getContext') &&
      JSON.stringify(answer).includes(literal(ticket)),
  )
}

const bodyOf = (call: KeptCall, ticket: string | null): string => {
  if (call.layer !== 'wx') return literal(call.args)
  const { page = '', args = {} } = call.args as WxArgs
  const given = Object.entries(args).map(
    ([name, value]) =>
      `${literal(name)}: ${name === 'shareTicket' && ticket ? ticket : literal(value)}`,
  )
  return `{ page: ${literal(page)}, args: { ${given.join(', ')} } }`
}

const pathOf = ({ layer, name }: KeptCall): string =>
  layer === 'wx' ? `/wx/${name.replace(/^wx\./, '')}` : `/${name}`

/** What stays the same when it is done again: no ids, no ciphertexts, no times. */
const checksOf = ({ layer, answer }: KeptCall): string[] => {
  const given = answer as { ok?: boolean; res?: Record<string, unknown>; error?: string } | null
  if (layer === 'wx' && given?.res) {
    const same = ['errMsg', 'valid', 'errno', 'errCode'].filter((name) => name in (given.res ?? {}))
    return [
      `assert.equal(answer.ok, ${given.ok})`,
      ...same.map((name) => `assert.equal(answer.res.${name}, ${literal(given.res?.[name])})`),
    ]
  }
  if (given?.error !== undefined) return [`assert.equal(answer.error, ${literal(given.error)})`]
  return ['assert.equal(answer.error, undefined)']
}

/**
 * A test that repeats the call on a desk that runs, and expects the same outcome. It needs nothing but Node:
 * `SIMULATOR_URL=http://127.0.0.1:3100 node --test call.test.mjs`.
 * @param before the calls before it
 */
export const asTest = (call: KeptCall, before: readonly KeptCall[]): string => {
  const opened = openedBefore(call, before)
  const opening = opened?.name === 'openings' ? opened : null
  const context = opened && !opening ? opened : null
  // WeCom hands the ticket of an opening over by qy.getContext.
  const first =
    opening ??
    (context &&
      before.findLast(
        ({ n, phone, name }) => n < context.n && phone === call.phone && name === 'openings',
      ))
  const lines = [
    ...(first ? [`  const opened = await phone('/openings', ${literal(first.args)})`] : []),
    ...(context
      ? [`  const context = await phone('/wx/qy.getContext', ${bodyOf(context, null)})`]
      : []),
    `  const answer = await phone(${literal(pathOf(call))}, ${bodyOf(call, ticketOf(opening, context))})`,
    ...checksOf(call).map((check) => `  ${check}`),
  ]
  return `import assert from 'node:assert/strict'
import test from 'node:test'

const desk = process.env.SIMULATOR_URL ?? 'http://127.0.0.1:3100'
const phone = async (path, body) => {
  const url = \`\${desk}/simulator/phones/${encodeURIComponent(call.phone ?? '')}\${path}\`
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
  return answer.json()
}

test(${literal(`${call.name} on ${call.phone ?? ''}: ${call.outcome}`)}, async () => {
${lines.join('\n')}
})
`
}

const ticketOf = (opening: KeptCall | null, context: KeptCall | null): string | null => {
  if (opening) return 'opened.shareTicket'
  return context ? 'context.res.shareTicket' : null
}
