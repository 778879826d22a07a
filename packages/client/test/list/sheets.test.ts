import { SHEET, sheetOf } from '../../src/list/sheets.js'

const items = (n: number) => Array.from({ length: n }, (_, i) => i)

describe('a long list', () => {
  it('never draws more than one sheet, and every item stands in exactly one', () => {
    for (const n of [0, 1, SHEET - 1, SHEET, SHEET + 1, 500]) {
      const seen: number[] = []
      for (let number = 0; ; number++) {
        const sheet = sheetOf(items(n), number, false)
        expect(sheet.items.length).toBeLessThanOrEqual(SHEET)
        seen.push(...sheet.items)
        if (!sheet.hasAfter) break
      }
      expect(seen).toEqual(items(n))
    }
  })

  it('loads into the sheet that has room', () => {
    expect(sheetOf(items(20), 0, true)).toMatchObject({ hasRoom: true, hasAfter: false })
    expect(sheetOf(items(SHEET), 0, true)).toMatchObject({ hasRoom: false, hasAfter: true })
    expect(sheetOf(items(SHEET), 1, true)).toMatchObject({ number: 1, items: [], hasRoom: true })
    expect(sheetOf(items(SHEET), 0, false)).toMatchObject({ hasRoom: false, hasAfter: false })
  })

  it('goes back to the last sheet that is there when it shrank', () => {
    expect(sheetOf(items(30), 4, false)).toMatchObject({ number: 0, from: 1, to: 30 })
    expect(sheetOf(items(150), 4, false)).toMatchObject({ number: 1, from: 101, to: 150 })
  })
})
