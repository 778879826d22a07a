import { deriveTicketKey, ticketKeyDerivations } from '@sealcard/crypto'
import { startDoctor as startDoctorOf } from '../support/doctor-process.js'
import { type PageProof, WebPhone } from '../support/web-phone.js'
import { startWebStack, WEB_APP, type WebStack } from '../support/web-stack.js'
import { ticketAt } from '../support/web-tickets.js'

let stack: WebStack
let ticket: string
beforeAll(async () => {
  stack = await startWebStack({ h5: { keyDerivation: 'unverified' } })
  // Half of all tickets do not tell two of the derivations apart; the service has not asked for one yet.
  do {
    await stack.control.renewTicket('agent')
    ticket = await ticketAt(stack.simulator.url, 'agent')
  } while (deriveTicketKey(ticket, 'url16') === deriveTicketKey(ticket, 'skip16'))
})
afterAll(() => stack?.stop())

/** The command as an operator runs it. */
const startDoctor = () => startDoctorOf(stack, '--json')

/** What the doctor's page does on the phone of who shares. @returns the bubble of the chat */
const shareFrom = async (id: string, link: string): Promise<string> => {
  const page = await new WebPhone(stack, id).open({ via: 'link', url: link })
  await page.login()
  await page.register()
  const run = new URL(link).searchParams.get('doctor')
  const { body } = await page.call('GET', `/v1/h5/doctor/${run}`)
  await page.invoke('setShareAttr', { withShareTicket: true, state: body.state })
  return page.share('wecom-group', link)
}

/** And on the phone of who opens it from the chat. */
const openAt = async (id: string, bubble: string) => {
  const page = await new WebPhone(stack, id).open({ via: 'card', card: bubble })
  await page.login()
  await page.register()
  const run = new URL(page.address).searchParams.get('doctor')
  const proof = (await page.prove()) as PageProof
  const { status } = await page.call('POST', `/v1/h5/doctor/${run}/samples`, proof)
  return { page, proof, status, run }
}

describe.each([...ticketKeyDerivations])('a platform that uses %s', (derivation) => {
  test('is found out by one share and one opening, and the doctor’s routes close', async () => {
    await stack.control.setSettings({ wecom: { h5KeyDerivation: derivation } })
    const doctor = startDoctor()
    const bubble = await shareFrom('lin-wecom', await doctor.link)
    const { page, proof, status, run } = await openAt('chen-wecom', bubble)
    expect(status).toBe(204)
    expect(await doctor.ended).toBe(0)
    const { well, verdict } = JSON.parse(doctor.told.out)
    expect({ well, verdict }).toEqual({ well: true, verdict: { kind: 'found', derivation } })
    const again = await page.call('POST', `/v1/h5/doctor/${run}/samples`, proof)
    expect([again.status, again.body.code]).toEqual([404, 'ERR_NOT_FOUND'])
    expect((await page.call('GET', `/v1/h5/doctor/${run}`)).status).toBe(404)
    const key = deriveTicketKey(ticket, derivation)
    const said = doctor.told.out + doctor.told.err + stack.bff.output
    for (const secret of [ticket, key, 'ChenMo']) expect(said).not.toContain(secret)
  })
})

test('until the doctor has an answer, a page shares no card and opens none', async () => {
  const page = await new WebPhone(stack, 'lin-wecom').open({ via: 'home' })
  await page.login()
  const card = { title: '标题', body: 'The secret' }
  const made = await page.call('POST', '/v1/cards', card, { 'idempotency-key': 'one-card' })
  const share = await page.call('POST', `/v1/cards/${made.body.id}/shares`)
  expect([share.status, share.body.code]).toEqual([409, 'ERR_H5_UNVERIFIED'])
})

test('a sample of a bearer session, or of nobody, is not taken', async () => {
  const doctor = startDoctor()
  const run = new URL(await doctor.link).searchParams.get('doctor')
  const stranger = new WebPhone(stack, 'zhou-wecom')
  const sample = { encryptedData: 'AA==', iv: 'AA==' }
  const nobody = await stranger.call('POST', `/v1/h5/doctor/${run}/samples`, sample)
  expect(nobody.status).toBe(401)
  const said = await stack.control.phone('zhou-wecom').wx('qy.login')
  const login = await stranger.call('POST', '/v1/sessions', {
    app: WEB_APP,
    code: said.ok ? said.res['code'] : '',
  })
  const authorization = `Bearer ${login.body.token}`
  const mini = await stranger.call('POST', `/v1/h5/doctor/${run}/samples`, sample, {
    authorization,
  })
  expect([login.status, mini.status]).toEqual([201, 404])
  await stranger.login()
  const foreign = await stranger.call('GET', `/v1/h5/doctor/${run}`, undefined, {
    origin: 'https://evil.test',
  })
  expect(foreign.status).toBe(403)
  doctor.kill()
  await doctor.ended
})
