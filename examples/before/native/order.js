// 自己的服务器会给的订单 What the shop's own server would answer.
exports.id = '2026-1129'
exports.order = { title: '你的订单', body: '订单 2026-1129：青瓷茶具，¥ 860' }
