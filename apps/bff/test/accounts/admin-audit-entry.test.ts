import { adminAuditEntry, oneLine, reasonFrom } from '../../src/accounts/admin-audit-entry.js'

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

  test.each([
    ['line breaks', 'a\r\nb\nc\u0085d\u2028e\u2029f'],
    ['what moves a terminal', 'a\u001b[2Jb\u0007c\bd\u009bK'],
    ['NUL', 'a\0b'],
    ['what turns the direction', 'a\u202eb\u2066c\u200fd'],
    ['half a character', 'a\ud800b'],
  ])('has no %s', (_, text) => {
    const line = oneLine(text)
    expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u)
    expect(line.isWellFormed()).toBe(true)
    expect(line).toMatch(/^a\ufffd.*[b-fK]$/)
  })

  test('keeps every word that people write', () => {
    for (const text of ['误发，已收回', 'père', 'a "b" \\ {c} %s $1', '🙈'])
      expect(oneLine(text)).toBe(text)
  })

  test('has 255 characters at most, and no half of one', () => {
    const reason = reasonFrom('192.0.2.1', '🙈'.repeat(300))
    expect([...reason]).toHaveLength(255)
    expect(reason.isWellFormed()).toBe(true)
  })
})
