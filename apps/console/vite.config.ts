import { defineConfig } from 'vite'

export default defineConfig({
  // The BFF serves the console below this path, and its API on the same origin.
  base: '/console/',
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
