import { defineConfig, type Plugin } from 'vite'

/** What `{...a}` and `const {a, ...rest}` call for ES2017, a tenth as long as oxc's own. Our objects have no setters. */
const SHORT: Record<string, string> = {
  objectSpread2: 'export default Object.assign',
  objectWithoutProperties: `export default (from, names) => {
    const rest = Object.assign({}, from)
    for (const name of names) delete rest[name]
    return rest
  }`,
}
const shortHelpers: Plugin = {
  name: 'short-helpers',
  transform: (_code, id) => SHORT[/@oxc-project.runtime.*\/(\w+)\.js$/.exec(id)?.[1] ?? ''] ?? null,
}

export default defineConfig({
  plugins: [shortHelpers],
  // The BFF serves the page below this path, and its API on the same origin.
  base: '/h5/',
  build: {
    // Web views that no system update reaches: iOS 12.2, a Chromium 73.
    target: ['es2017', 'chrome73', 'safari12.1'],
    // `es2017` means older style sheets than these clients need.
    cssTarget: ['chrome73', 'safari12.1'],
    // It would write a script of its own into the page.
    modulePreload: { polyfill: false },
    // A picture inside the style sheet would be one more thing that a policy has to allow.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
})
