import path from 'node:path'
import { buildBoth } from '../../../scripts/lib/build-both.mjs'

buildBoth(path.join(import.meta.dirname, '..'))
