import { useDidShow, useShareAppMessage, useUnload } from '@tarojs/taro'

/** When a page of Taro shows, goes and is shared. */
export const page = { useDidShow, useUnload, useShareAppMessage }
