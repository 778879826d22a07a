export default defineAppConfig({
  pages: ['pages/order/index', 'pages/read/index'],
  window: { navigationBarTitleText: '茶具店' },
})
