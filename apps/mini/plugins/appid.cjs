const fs = require('node:fs')
const path = require('node:path')

/** Writes the deployer's own appid into the built package; without one, the sample's stays. */
module.exports = (ctx, { appid }) => {
  if (!appid) return
  ctx.onBuildFinish(() => {
    const file = path.join(ctx.paths.outputPath, 'project.config.json')
    const project = JSON.parse(fs.readFileSync(file, 'utf8'))
    fs.writeFileSync(file, `${JSON.stringify({ ...project, appid }, null, 2)}\n`)
  })
}
