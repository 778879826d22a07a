import { readFileSync } from 'node:fs'
import path from 'node:path'
import * as verify from '../src/index.js'
import { newKey, sealed } from './kit/sealed.js'

const readme = readFileSync(path.join(__dirname, '../README.md'), 'utf8')
const [first = ''] = /```ts\n([\s\S]*?)```/.exec(readme)?.slice(1) ?? []

type Answer = [status: number, body: unknown]

/** Runs the README's first block, as it is written. */
const run = async (openid: string, proofKey: string, activityId: string) => {
  const code = first.replace(/^import \{(.*)\} from .*$/m, 'const {$1} = verify')
  const names = ['verify', 'sessionKeys', 'logged', 'activityId', 'openid', 'proof']
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- what the README shows is what runs
  const body = new Function(
    ...[...names, 'send', 'contentOf'],
    `return (async () => {${code}})()`,
  ) as (...values: unknown[]) => Promise<void>
  const key = newKey()
  const answers: Answer[] = []
  const logged: verify.LogEntry[] = []
  const send = (...answer: Answer) => answers.push(answer)
  const proof = sealed(activityId, proofKey === 'own' ? key : newKey())
  const keys = new Map([[openid, { current: key }]])
  const contentOf = (id: string) => `content of ${id}`
  await body(verify, keys, logged, activityId, openid, proof, send, contentOf)
  return { answers, logged }
}

test('the first code of the README opens a card for a recipient', async () => {
  const { answers, logged } = await run('chen', 'own', '1151_activity-0123456789')
  expect(answers).toEqual([[200, 'content of order-1']])
  expect(logged).toMatchObject([{ outcome: 'granted', viewerId: 'chen' }])
})

test('and refuses a stranger', async () => {
  const { answers, logged } = await run('wu', 'foreign', '1151_activity-0123456789')
  expect(answers).toEqual([[403, { code: 'ERR_PROOF_REJECTED', message: expect.any(String) }]])
  expect(logged).toMatchObject([{ outcome: 'refused', reason: 'proof_not_opened' }])
})
