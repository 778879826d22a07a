import { createOpenController, type OpenController, type OpenState } from '@sealcard/kit'
import { useDidShow, useUnload } from '@tarojs/taro'
import { useRef, useState } from 'react'
import { services } from '../../services'

/** Opens the shared card that this page was entered for. */
export const useOpenCard = (shareId: string) => {
  const [state, setState] = useState<OpenState>({ step: 'opening' })
  const made = useRef<OpenController>()
  made.current ??= createOpenController({ ...services(), shareId, onChange: setState })
  const controller = made.current

  useDidShow(() => void controller.show())
  useUnload(() => controller.leave())

  return {
    state,
    retry: () => void controller.retry(),
    acknowledge: () => void controller.acknowledge(),
  }
}
