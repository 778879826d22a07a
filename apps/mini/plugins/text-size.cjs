const META = '<page-meta root-font-size="system" />'

/**
 * Makes 1rem the text size that the person chose in the client, on every page. Taro's own PageMeta brings a
 * navigation-bar along that paints its text black, in the dark theme too.
 */
module.exports = (ctx) => {
  ctx.registerMethod({
    name: 'onSetupClose',
    fn({ template }) {
      if (!template) return
      const build = template.buildPageTemplate
      template.buildPageTemplate = (...page) =>
        build(...page).replace('<template is=', `${META}\n<template is=`)
    },
  })
}
