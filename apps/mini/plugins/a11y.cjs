const path = require('node:path')
const { a11yComponents } = require('./a11y-components.cjs')

/** Makes Taro write the accessibility attributes into its templates and pass them at run time. */
module.exports = (ctx) => {
  ctx.registerMethod({
    name: 'onSetupClose',
    fn(platform) {
      if (!platform.template) return
      const runtime = path.resolve(__dirname, 'a11y-runtime.js')
      platform.runtimePath = [].concat(platform.runtimePath, runtime)
      platform.template.mergeComponents(ctx, a11yComponents)
    },
  })
}
