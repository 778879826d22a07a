import { createOpenController, type OpenController, type OpenState } from '@sealcard/kit'
import { useDidShow, useUnload } from '@tarojs/taro'
import { useRef, useState } from 'react'
import { services } from '../../services'

/** Opens the shared card that this page was entered for. @param ask first asks the person */
export const useOpenCard = (shareId: string, ask: boolean) => {
  const [state, setState] = useState<OpenState>({ step: 'opening' })
  const made = useRef<OpenController>()
  // Opening a card is asking to be signed in.
  if (!made.current) services().departure.clear()
  made.current ??= createOpenController({ ...services(), shareId, ask, onChange: setState })
  const controller = made.current

  useDidShow(() => void controller.show())
  useUnload(() => controller.leave())

  return {
    state,
    confirm: () => void controller.confirm(),
    retry: () => void controller.retry(),
    acknowledge: () => void controller.acknowledge(),
  }
}
