import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { notesOf } from '../../scripts/lib/changelog.mjs'

const root = path.resolve(__dirname, '../..')
const CHANGELOG =
  '# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-12-01\n\n- New.\n\n## [0.1.0]\n\n- First.\n'

test('the notes of a release are what the changelog says of its version', () => {
  expect(notesOf(CHANGELOG, '0.2.0')).toBe('- New.\n')
})

test.each(['0.3.0', 'Unreleased'])(
  'a version of which the changelog says nothing (%s) is not released',
  (version) => {
    expect(() => notesOf(CHANGELOG, version)).toThrow(
      `CHANGELOG.md has nothing under ## [${version}]`,
    )
  },
)

test('a tag that is not the version of every package is not released', () => {
  const args = [path.join(root, 'scripts/release.mjs'), 'v99.0.0', path.join(root, '.tmp/never')]
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  expect(status).toBe(1)
  expect(stderr).toMatch(/@sealcard\/crypto is \S+, the tag says 99\.0\.0/)
})
