const { createOpenController } = require('@sealcard/kit')
const { platform, client } = require('../../sealcard')

Page({
  data: { step: 'opening' },

  onLoad({ s = '', c }) {
    const onChange = (state) => this.setData(state)
    this.opening = createOpenController({ platform, client, shareId: s, ask: c === '1', onChange })
  },
  onShow() {
    this.opening.show()
  },
  onUnload() {
    this.opening.leave()
  },
  confirm() {
    this.opening.confirm()
  },
  retry() {
    this.opening.retry()
  },
})
