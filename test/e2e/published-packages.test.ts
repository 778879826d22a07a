import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(__dirname, '../../packages')

interface Manifest {
  name: string
  private?: boolean
  files?: string[]
  dependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  peerDependenciesMeta?: Record<string, { optional: boolean }>
}

const published = readdirSync(root)
  .filter((dir) => existsSync(path.join(root, dir, 'package.json')))
  .map((dir) => ({
    dir,
    manifest: JSON.parse(readFileSync(path.join(root, dir, 'package.json'), 'utf8')) as Manifest,
  }))
  .filter(({ manifest }) => !manifest.private)

describe.each(published.map(({ dir, manifest }) => [manifest.name, dir, manifest] as const))(
  'the manifest of %s',
  (_, dir, { dependencies = {}, files = [] }) => {
    it('asks for ranges, so that an adopter has one copy of each dependency', () => {
      for (const [name, range] of Object.entries(dependencies)) {
        if (name.startsWith('@sealcard/')) continue
        expect(`${name}@${range}`).toMatch(/@(\^|>=)/)
      }
    })

    it('ships each document that its README names beside it', () => {
      const readme = path.join(root, dir, 'README.md')
      if (!existsSync(readme)) return
      const named = readFileSync(readme, 'utf8').matchAll(/\]\((?:\.\/)?([A-Z]+\.md)(?:#\S*)?\)/g)
      for (const [, file] of named) expect(files).toContain(file)
    })
  },
)

it('makes jsdom an optional peer of the simulator, which needs it for phones without a browser only', () => {
  const { manifest } = published.find(({ dir }) => dir === 'simulator')!
  expect(manifest.peerDependencies).toHaveProperty('jsdom')
  expect(manifest.peerDependenciesMeta).toEqual({ jsdom: { optional: true } })
})

describe('the README of the kit', () => {
  const repository = path.join(root, '..')
  const read = (file: string) => readFileSync(path.join(repository, file), 'utf8')

  it.each([
    'examples/native/pages/read/read.js',
    'examples/taro-vue/src/pages/read/index.vue',
    'examples/uni-app/src/pages/read/read.vue',
  ])('shows the script of %s as it is', (file) => {
    const whole = read(file)
    const script = /<script setup lang="ts">\n([^]*?)<\/script>/.exec(whole)?.[1] ?? whole
    expect(read('packages/kit/README.md')).toContain(script.trim())
  })
})
