import { adminAuditEntry, reasonFrom } from '../../src/accounts/admin-audit-entry.js'

const ann = { actor: 'admin:ann', address: '192.0.2.1' }

describe('F6 an administrator’s act in the audit', () => {
  test('says who, from where, what, to what and why', () => {
    expect(
      adminAuditEntry(ann, { kind: 'card.revoke', subject: 'card', why: 'sent by mistake' }),
    ).toEqual({
      kind: 'card.revoke',
      actor: 'admin:ann',
      subject: 'card',
      decision: 'done',
      reason: 'address=192.0.2.1 sent by mistake',
    })
    expect(adminAuditEntry(ann, { kind: 'card.revoke', subject: 'card' }).reason).toBe(
      'address=192.0.2.1',
    )
  })

  test('is one line, whatever was given as the reason', () => {
    expect(reasonFrom('192.0.2.1', 'a\r\nb\u202ec')).toBe('address=192.0.2.1 a\ufffd\ufffdb\ufffdc')
  })

  test('has at most 255 characters, and never cuts one in half', () => {
    const reason = reasonFrom('192.0.2.1', '🙈'.repeat(300))
    expect(Array.from(reason)).toHaveLength(255)
    expect(reason.isWellFormed()).toBe(true)
  })
})
