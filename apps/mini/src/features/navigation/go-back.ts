import Taro from '@tarojs/taro'
import { navigation } from './index'

/** To the page below this one, which keeps its state; where there is none, or the client refuses, to that page anew. */
export const goBack = async (otherwise: string): Promise<void> => {
  if (Taro.getCurrentPages().length > 1) {
    const back = await Taro.navigateBack().then(
      () => true,
      () => false,
    )
    if (back) return
  }
  await navigation.restart(otherwise)
}
