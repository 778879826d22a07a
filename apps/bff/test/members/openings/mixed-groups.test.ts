/**
 * Within a group, the time of an answer says nothing about the verdict. On every commit the order of the answers shows it,
 * which no slow machine changes. The nightly form compares times: dudect's method, over a loopback connection.
 */
import { Agent, request } from 'node:http'
import { compare, countCases, LIMIT, nightly, scale, SeededRandom } from '@sealcard/testing'
import { OpeningJudge } from '../../../src/members/openings/opening-judge.js'
import type { Attempt } from '../../../src/members/openings/group-state.js'
import type { OpeningResult } from '../../../src/members/openings/group-judgement.js'
import { OpeningService } from '../../../src/members/openings/opening.service.js'
import type { Principal } from '../../../src/http/access/principals.js'
import type { Proof } from '../../../src/platforms/registry/platform.js'
import { IN_MEMORY, ROOMY } from '../../kit/config.js'
import { Members } from '../../kit/members.js'
import { times } from '../../kit/opening-databases.js'
import { key, wechatProof } from '../../kit/proofs.js'
import { TestApp } from '../../kit/test-app.js'

const ANSWERS = scale(64, 50_000)
/** Answers that leave in one turn of the event loop. */
const AT_ONCE = 16

jest.setTimeout(6 * 3_600_000)

let app: TestApp
afterEach(() => app.stop())

test('B2 refused and granted members of a group are answered in the order in which they came', async () => {
  app = await TestApp.start({ limits: { ...ROOMY, openingsPerPersonPerMinute: 1 } })
  const members = new Members(app)
  const owner = await app.login('owner')
  const [card, gone] = [await app.shared(owner), await app.shared(owner)]
  await app.call('POST', `/v1/cards/${gone.cardId}/revoke`, { token: owner })
  const limited = await members.login('limited')
  await members.open(limited, card.shareId, wechatProof(key('limited'), card.declared, 'one'))
  const proof = (name: string, sent = card) => wechatProof(key(name), sent.declared, `n-${name}`)
  const wrong = (name: string) => wechatProof(key('another key'), card.declared, `n-${name}`)
  const asks: [verdict: string, name: string, shareId: string, proof: Proof][] = [
    ['granted', 'a', card.shareId, proof('a')],
    ['refused', 'b', card.shareId, wrong('b')],
    ['granted', 'c', card.shareId, proof('c')],
    ['refused', 'd', gone.shareId, proof('d', gone)],
    ['granted', 'e', card.shareId, proof('e')],
    ['limited', 'limited', card.shareId, proof('limited')],
    ['own', 'owner', card.shareId, wrong('owner')],
    ['granted', 'f', card.shareId, proof('f')],
    ['refused', 'g', 'A'.repeat(22), proof('g')],
    ['granted', 'h', card.shareId, proof('h')],
  ]
  const people: Principal[] = []
  for (const [, name] of asks) people.push(await members.login(name))
  // One group, in the order in which the proofs are verified.
  const judge = app.nest.get(OpeningJudge, { strict: false })
  const group: { attempt: Attempt; answer: (result: OpeningResult) => void }[] = []
  const verdicts: (string | undefined)[] = []
  jest.spyOn(judge, 'judge').mockImplementation((attempt) => {
    const answered = new Promise<OpeningResult>((answer) => group.push({ attempt, answer }))
    if (group.length === asks.length)
      void judge.judgeGroup(group.map((one) => one.attempt)).then((outcomes) => {
        for (const [n, { value }] of outcomes.entries()) {
          verdicts.push(value?.kind)
          if (value) group[n]?.answer(value)
        }
      })
    return answered
  })
  const openings = app.nest.get(OpeningService, { strict: false })
  const order: number[] = []
  await Promise.allSettled(
    asks.map(([, , shareId, sent], n) =>
      openings.open(people[n]!, shareId, sent).finally(() => order.push(n)),
    ),
  )
  const came = group.map(({ attempt }) =>
    people.findIndex(({ viewerId }) => viewerId === attempt.me.viewerId),
  )
  expect(verdicts).toEqual(came.map((n) => asks[n]?.[0]))
  expect(order).toEqual(came)
})

test('B2 the times of refused and granted answers of mixed groups differ by no more than chance allows', async () => {
  app = await TestApp.start(IN_MEMORY)
  await app.nest.listen(0, '127.0.0.1')
  const base = await app.nest.getUrl()
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  const { shareId, declared } = await app.shared(await app.login('owner'))
  const names = times(AT_ONCE, (n) => `p${n}`)
  const random = new SeededRandom(11)
  const samples = new Map<string, number[]>([
    ['granted', []],
    ['refused', []],
  ])
  const ask = (token: string, proof: Proof, wanted: number): Promise<number> => {
    const payload = JSON.stringify(proof)
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(payload),
    }
    return new Promise((resolve, reject) => {
      const from = process.hrtime.bigint()
      const url = `${base}/v1/shares/${shareId}/openings`
      const call = request(url, { method: 'POST', agent, headers }, (answer) => {
        const took = Number(process.hrtime.bigint() - from)
        answer.resume().on('end', () => {
          if (answer.statusCode === wanted) resolve(took)
          else reject(new Error(`${answer.statusCode}`))
        })
      })
      call.on('error', reject).end(payload)
    })
  }
  let tokens: string[] = []
  for (let batch = 0; batch * AT_ONCE < ANSWERS; batch++) {
    // Rejections leave the windows of the limits as fast as they come in.
    app.clock.advance(10_000)
    if (batch % 1_000 === 0) tokens = await Promise.all(names.map((name) => app.login(name)))
    const refused = random.below(2)
    const answers = await Promise.all(
      names.map(async (name, n) => {
        // Each place in the group is granted as often as refused.
        const isGranted = (n + refused) % 2 === 0
        const proof = wechatProof(key(isGranted ? name : 'another key'), declared, `${batch} ${n}`)
        return { isGranted, took: await ask(tokens[n] ?? '', proof, isGranted ? 201 : 403) }
      }),
    )
    if (batch < scale(1, 100)) continue
    // How long a batch takes as a whole would hide the difference within it.
    const mean = answers.reduce((sum, { took }) => sum + took, 0) / AT_ONCE
    for (const { isGranted, took } of answers)
      samples.get(isGranted ? 'granted' : 'refused')?.push(took - mean)
  }
  agent.destroy()
  countCases(ANSWERS)
  const [[pair, t] = ['', NaN]] = compare(samples)
  expect(pair).not.toBe('')
  // A handful of samples on a busy machine shows that it runs. The nightly form judges.
  if (!nightly) return
  console.info(`B2 mixed groups, ${ANSWERS} answers: t ${t.toFixed(2)}`)
  expect(Math.abs(t)).toBeLessThan(LIMIT)
})
