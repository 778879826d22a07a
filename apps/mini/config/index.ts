import path from 'node:path'
import { defineConfig, type UserConfigExport } from '@tarojs/cli'

/** The only place that reads the environment: a mini-program has none at run time. */
const site = {
  bffUrl: (process.env.SEALCARD_BFF_URL ?? 'https://bff.sealcard.example').replace(/\/+$/, ''),
  appWechat: process.env.SEALCARD_APP_WECHAT ?? 'demo-wechat',
  appWecom: process.env.SEALCARD_APP_WECOM ?? 'demo-wecom',
}

// A build is for production whatever the caller's environment says: React's development build is three times as big.
if (!process.argv.includes('--watch')) process.env.NODE_ENV = 'production'

const config: UserConfigExport<'webpack5'> = {
  projectName: 'sealcard',
  date: '2026-11-20',
  designWidth: 375,
  deviceRatio: { 375: 2 },
  sourceRoot: 'src',
  outputRoot: 'dist',
  framework: 'react',
  // Prebundling makes the package half as big again.
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  cache: { enable: false },
  logger: { quiet: true, stats: false },
  plugins: [
    path.resolve(__dirname, '../plugins/a11y.cjs'),
    path.resolve(__dirname, '../plugins/text-size.cjs'),
    [path.resolve(__dirname, '../plugins/appid.cjs'), { appid: process.env.SEALCARD_WEAPP_APPID }],
  ],
  defineConstants: {
    __SEALCARD_BFF_URL__: JSON.stringify(site.bffUrl),
    __SEALCARD_APP_WECHAT__: JSON.stringify(site.appWechat),
    __SEALCARD_APP_WECOM__: JSON.stringify(site.appWecom),
  },
  copy: {
    patterns: [{ from: 'src/sitemap.json', to: 'dist/sitemap.json' }],
    options: {},
  },
  mini: {
    miniCssExtractPluginOption: { ignoreOrder: true },
    postcss: {
      // Hairlines stay hairlines: `Px` in capitals is left alone by the converter.
      pxtransform: { enable: true, config: {} },
      cssModules: { enable: false },
    },
  },
}

export default defineConfig<'webpack5'>(config)
