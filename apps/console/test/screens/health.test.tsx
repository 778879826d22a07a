import type { AdminSystem, DoctorReport } from '@sealcard/protocol'
import { fireEvent, screen } from '@testing-library/react'
import { ADMIN, failure, fakeServices, NOW, show } from '../kit/fake-services'

const at = new Date(NOW).toISOString()
const system: AdminSystem = {
  at,
  mode: 'development',
  database: 'sqlite',
  windows: { shareDays: 7, verifyDays: 30 },
  keyring: { primary: 'k2', keys: ['k2', 'k1'] },
  retention: { endedAt: at, rows: 12, failed: ['viewers'] },
  queues: [{ name: 'logins', waiting: 0, turnedAway: 4 }],
  rewrapped: null,
  verified: null,
}
const report: DoctorReport = {
  at,
  well: false,
  findings: [
    { check: 'node', status: 'ok', code: 'version', what: 'Node 24.1.0', zh: { what: '版本合适' } },
    {
      check: 'platforms',
      about: 'demo',
      status: 'wrong',
      code: 'ip-not-allowed',
      what: 'the address is not allowed: 203.0.113.7',
      todo: 'Add the address.',
      zh: { what: '平台不允许这个地址', todo: '把地址加入白名单。' },
    },
    {
      check: 'platforms',
      about: 'other',
      status: 'warning',
      code: 'of-an-adopter',
      what: 'something of another platform',
      todo: 'Ask its makers.',
    },
  ],
}
const run = async (language: 'zh' | 'en', answer: unknown) => {
  const fake = fakeServices({ 'GET system': system, 'POST doctor': answer }, { language })
  show(fake.services, '/health')
  const button = { zh: '开始体检', en: 'Run the doctor' }[language]
  fireEvent.click(await screen.findByRole('button', { name: button }))
  return fake
}

describe('the doctor', () => {
  it('says in Chinese what it found and what to do, above its own line with the figures', async () => {
    await run('zh', report)
    expect(await screen.findByText('平台不允许这个地址')).toBeTruthy()
    expect(screen.getByText('怎么办：把地址加入白名单。')).toBeTruthy()
    expect(screen.getByText('the address is not allowed: 203.0.113.7')).toBeTruthy()
    expect(screen.queryByText('Add the address.')).toBeNull()
  })

  it('says in its own words what has no Chinese ones', async () => {
    await run('zh', report)
    expect(await screen.findByText('something of another platform')).toBeTruthy()
    expect(screen.getByText('Ask its makers.')).toBeTruthy()
  })

  it('speaks English to who reads English', async () => {
    await run('en', report)
    expect(await screen.findByText('the address is not allowed: 203.0.113.7')).toBeTruthy()
    expect(screen.getByText('Add the address.')).toBeTruthy()
    expect(screen.queryByText('平台不允许这个地址')).toBeNull()
  })

  it('says why it could not be asked', async () => {
    await run('en', failure('ERR_CONFLICT', 409))
    expect(await screen.findByRole('alert')).toBeTruthy()
  })
})

it('keys, retention and queues are shown, with what failed in words', async () => {
  const { services } = fakeServices({ 'GET system': system })
  show(services, '/health')
  expect(await screen.findByText('k2')).toBeTruthy()
  expect(screen.getByText('k1')).toBeTruthy()
  expect(screen.getByText('viewers')).toBeTruthy()
  expect(screen.getByRole('row', { name: /logins 0 4/ })).toBeTruthy()
})

it('the doctor is not for a role that may not manage the service', async () => {
  const session = { ...ADMIN, role: 'auditor' as const }
  const { services } = fakeServices({ 'GET system': system }, { session })
  show(services, '/health')
  const button = await screen.findByRole('button', { name: 'Run the doctor' })
  expect(button.hasAttribute('disabled')).toBe(true)
})
