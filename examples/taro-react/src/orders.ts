/** What the shop's own server would answer. */
export const order = { id: '2026-1129', text: '订单 2026-1129：青瓷茶具，¥ 860' }
