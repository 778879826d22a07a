const { order } = require('../../order')

Page({
  data: { order },

  // 链接里就是订单：谁拿到谁能看 The order is in the link: who has the link reads it.
  onShareAppMessage() {
    const path = `/pages/read/read?order=${encodeURIComponent(order.body)}`
    return { title: order.title, path, imageUrl: '/share.png' }
  },
})
