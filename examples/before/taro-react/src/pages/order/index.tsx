import { Button, View } from '@tarojs/components'
import { useShareAppMessage } from '@tarojs/taro'
import { order } from '../../orders'

/** The order is in the link: who has the link reads it. */
const OrderPage = () => {
  useShareAppMessage(() => ({
    title: '你的订单',
    path: `/pages/read/index?order=${encodeURIComponent(order.text)}`,
    imageUrl: '/assets/share.png',
  }))

  return (
    <View>
      <View>{order.text}</View>
      <Button openType="share">分享到聊天</Button>
    </View>
  )
}

export default OrderPage
