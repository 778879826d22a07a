export default defineAppConfig({
  pages: ['pages/index/index', 'pages/write/index', 'pages/card/index', 'pages/open/index'],
  window: {
    navigationBarTitleText: 'Sealcard 封笺',
    navigationBarBackgroundColor: '@navBackground',
    navigationBarTextStyle: '@navText' as 'black',
    backgroundColor: '@background',
    backgroundTextStyle: '@loading' as 'dark',
  },
  darkmode: true,
  themeLocation: 'theme.json',
  sitemapLocation: 'sitemap.json',
  lazyCodeLoading: 'requiredComponents',
})
