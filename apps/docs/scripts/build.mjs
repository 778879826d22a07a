// Puts the pages together, builds the site into dist, and writes what its search reads.
import path from 'node:path'
import { build } from 'vitepress'
import { stage } from '../stage/stage.mjs'

const root = path.resolve(import.meta.dirname, '..')
stage(path.join(root, '.tmp/pages'))
await build(root)
