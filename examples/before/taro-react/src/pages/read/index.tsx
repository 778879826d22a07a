import { View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'

const ReadPage = () => {
  const { order = '' } = useRouter().params

  return <View>{decodeURIComponent(order)}</View>
}

export default ReadPage
