// node examples/order-server/main.mjs: prints one line when it is ready.
import { createShop } from './server.mjs'

const env = (name) => {
  const value = process.env[name]
  if (!value) {
    console.error(`${name} is not set`)
    process.exit(1)
  }
  return value
}

const shop = createShop({
  wechat: {
    apiBase: process.env.WECHAT_API_BASE ?? 'https://api.weixin.qq.com',
    appid: env('WECHAT_APPID'),
    secret: env('WECHAT_SECRET'),
  },
})
const port = Number(process.env.PORT ?? 3200)
const server = shop.listen(port, '127.0.0.1', () =>
  console.log(`the shop is ready on http://127.0.0.1:${port}`),
)
const stop = () => server.close(() => process.exit(0))
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
