import { esmOnly, project } from '../jest.base.mjs'

// What @fastify/static needs, which serves the page of the BFF's API document.
const esm = [...esmOnly, 'content-disposition', 'mime', 'glob', 'minimatch', 'lru-cache']

export default project(import.meta.dirname, {
  transformIgnorePatterns: [`node_modules/(?!(\\.pnpm|${esm.join('|')})/)`],
})
