// What is built has to parse as ES2019: WeChat's kernels on older phones know no later syntax, and its upload refuses
// some of it (`es6: false` in project.config.json leaves the files as they are). Later targets than Taro's own spare
// the ES5 helpers; no `useBuiltIns`, because the base libraries carry their own polyfills.
module.exports = {
  presets: [
    [
      'taro',
      {
        framework: 'react',
        ts: true,
        compiler: 'webpack5',
        targets: { chrome: '67', ios: '12' },
      },
    ],
  ],
}
