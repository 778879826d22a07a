import { distance } from '../../../src/bots/chat-members/own-cards.js'
import { squeeze } from '../../../src/core/text.js'

describe('titles are compared', () => {
  it.each([
    ['Q3 周报', 'Q3周报'],
    ['Ｑ３　周报', 'q3周报'],
    ['Q3\u200b周\u00a0报', 'Q3周报'],
    ['PLAN  b', 'plan B'],
    ['（草稿）：一', '(草稿):一'],
  ])('%j like %j: spaces, case and width do not count', (a, b) => {
    expect(squeeze(a)).toBe(squeeze(b))
  })

  it('a word in capitals is found in small letters, also where its last letter has a form of its own', () => {
    expect(squeeze('ΟΔΟΣ ΑΒΓ')).toContain(squeeze('οδος'))
  })

  it.each<[wanted: string, title: string, differs: number | undefined]>([
    ['周抱', '周报', 1],
    ['q3周抱', '2026q3周报终稿', 1],
    ['q3周报终稿', 'q3周报', 0],
    ['quaterlyreport', 'thequarterlyreport', 1],
    ['salary', 'salaries', 1],
    ['周报', '裁员名单', undefined],
    ['report', 'budget', undefined],
    ['周', '月报', undefined],
    ['', '月报', undefined],
    ['周报', '', undefined],
  ])('%j and %j differ by %j', (wanted, title, differs) => {
    expect(distance(wanted, title)).toBe(differs)
  })

  it('a long text costs no more than a short one', () => {
    expect(distance('周'.repeat(2000), '报'.repeat(200))).toBeUndefined()
  })
})
