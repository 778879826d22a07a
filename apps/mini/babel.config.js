// Targets spare the ES5 helpers; no `useBuiltIns`, because the base libraries carry their own polyfills.
module.exports = {
  presets: [
    [
      'taro',
      {
        framework: 'react',
        ts: true,
        compiler: 'webpack5',
        targets: { chrome: '80', ios: '14' },
      },
    ],
  ],
}
