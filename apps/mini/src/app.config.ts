export default defineAppConfig({
  pages: [
    'pages/index/index',
    'pages/write/index',
    'pages/card/index',
    'pages/open/index',
    'pages/edit/index',
    'pages/settings/index',
  ],
  window: {
    navigationBarTitleText: 'Sealcard 封笺',
    navigationBarBackgroundColor: '@navBackground',
    navigationBarTextStyle: '@navText',
    backgroundColor: '@background',
    backgroundTextStyle: '@loading',
  },
  darkmode: true,
  themeLocation: 'theme.json',
  sitemapLocation: 'sitemap.json',
  lazyCodeLoading: 'requiredComponents',
})
