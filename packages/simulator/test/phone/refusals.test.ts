import { readFileSync } from 'node:fs'
import path from 'node:path'
import { inWords } from '../../phone/shell/refusals.js'
import { dictionaries } from '../../phone/shell/words.js'

const source = (file: string) =>
  readFileSync(path.join(import.meta.dirname, '../../src/world', file), 'utf8')

it('says each refusal of the world in the words of the phone', () => {
  const text = ['cards.ts', 'scenes.ts'].map(source).join('\n')
  const sentences = [...text.matchAll(/refused\('([^']+)'\)/g)].map(([, sentence = '']) => sentence)
  expect(sentences.length).toBeGreaterThan(4)
  const english = sentences.filter((one) => !/[\u4e00-\u9fff]/.test(inWords(one, dictionaries.zh)))
  expect(english).toEqual(['This phone does not have that card.'])
  expect(sentences.map((one) => inWords(one, dictionaries.en))).toEqual(sentences)
})

it('leaves an unknown sentence as it is', () => {
  expect(inWords('Something else.', dictionaries.zh)).toBe('Something else.')
})
