import { defineConfig } from '@tarojs/cli'

export default defineConfig({
  projectName: 'shop',
  date: '2026-11-29',
  designWidth: 375,
  deviceRatio: { 375: 2 },
  sourceRoot: 'src',
  outputRoot: 'dist',
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  cache: { enable: false },
  logger: { quiet: true, stats: false },
  copy: { patterns: [{ from: 'src/assets', to: 'dist/assets' }], options: {} },
  mini: {},
})
