import { defineConfig } from 'vite'

export default defineConfig({
  // The BFF serves the page below this path, and its API on the same origin.
  base: '/h5/',
  build: {
    // Web views that no system update reaches: iOS 12.2, a Chromium 73.
    target: ['es2017', 'chrome73', 'safari12.1'],
    // It would write a script of its own into the page.
    modulePreload: { polyfill: false },
    // A picture inside the style sheet would be one more thing that a policy has to allow.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
})
