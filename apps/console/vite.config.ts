import { readFileSync } from 'node:fs'
import path from 'node:path'
import { defineConfig, type Plugin } from 'vite'

const OURS = path.join(import.meta.dirname, 'scripts/scroll-bar-size.mjs')

/** A build that no longer has the module would refuse styles again, unseen: it ends instead. */
const measuresWithoutStyles = (): Plugin => {
  let replaced = false
  return {
    name: 'scroll-bar-size',
    load(id) {
      if (!id.endsWith('/@rc-component/util/es/getScrollBarSize.js')) return null
      replaced = true
      return readFileSync(OURS, 'utf8')
    },
    buildEnd(error) {
      if (!error && !replaced) this.error('@rc-component/util has no getScrollBarSize any more')
    },
  }
}

export default defineConfig({
  // The BFF serves the console below this path, and its API on the same origin.
  base: '/console/',
  plugins: [measuresWithoutStyles()],
  // The BFF writes the nonce of each answer here: `NONCE_MARK` of its ConsoleController.
  html: { cspNonce: 'SEALCARD_NONCE' },
  build: {
    target: 'es2022',
    // It would write a script of its own into the page.
    modulePreload: { polyfill: false },
    // A picture inside the style sheet would be one more thing that a policy has to allow.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    manifest: true,
    rolldownOptions: {
      // antd marks its modules for servers that render React; there is none here.
      checks: { moduleLevelDirective: false },
    },
  },
})
