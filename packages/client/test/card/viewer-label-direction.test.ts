import { viewerLabel } from '../../src/card/viewer-label.js'
import { translator } from '../../src/words/translate.js'

const t = translator('en')
const label = (name: string) => viewerLabel({ id: 'v', name, nameFrom: 'self', code: '7K3Q9F' }, t)

describe('the label of a person whose name runs from right to left', () => {
  it('keeps the mark and the code in their places', () => {
    expect(label('مرحبا')).toBe(label('X').replace('X', '\u2068مرحبا\u2069'))
  })

  it('lets no name turn what follows it', () => {
    expect(label('Lin\u202e')).toBe(label('X').replace('X', '\u2068Lin\u2069'))
  })

  it('leaves every other name as it is', () => {
    expect(label('林晓 🎉')).not.toMatch(/[\u2066-\u2069]/)
  })
})
