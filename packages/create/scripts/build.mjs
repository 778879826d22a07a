// Puts what is copied into a project into dist: the native example, and the opening page of the Taro example.
import { cpSync, rmSync } from 'node:fs'
import path from 'node:path'

const at = (...parts) => path.resolve(import.meta.dirname, '..', ...parts)

rmSync(at('dist'), { recursive: true, force: true })
cpSync(at('../../examples/native'), at('dist/native'), { recursive: true })
cpSync(
  at('../../examples/taro-react/src/pages/read/index.tsx'),
  at('dist/taro/pages/open/index.tsx'),
)
