import {
  createOpenController,
  type OpenControllerOptions,
  type OpenState,
} from '../open-controller.js'
import { mountedPage, type PageHooks } from './page.js'
import { useController } from './use-controller.js'

export interface UseOpeningOptions extends Omit<OpenControllerOptions, 'onChange'> {
  /** Taro: `{ useDidShow, useUnload }` of `@tarojs/taro`. Left out: mounting is showing. The same in each rendering. */
  page?: PageHooks
}

export interface UseOpening {
  state: OpenState
  /** The person wants to open the card that they were asked about. */
  confirm: () => void
  /** The person asks for another try. */
  retry: () => void
  acknowledge: () => void
}

const OPENING: OpenState = { step: 'opening' }

/** Opens the shared card that this page was entered for: `createOpenController` as a hook. */
export const useOpening = ({ page = mountedPage, ...options }: UseOpeningOptions): UseOpening => {
  const { state, get } = useController(
    page,
    options.shareId,
    (onChange: (state: OpenState) => void) => createOpenController({ ...options, onChange }),
    OPENING,
  )
  return {
    state,
    confirm: () => void get().confirm(),
    retry: () => void get().retry(),
    acknowledge: () => void get().acknowledge(),
  }
}
