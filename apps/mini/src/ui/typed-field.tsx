import { Input, Textarea, type InputProps, type TextareaProps } from '@tarojs/components'
import type { FormElement } from '@tarojs/runtime'
import { useCallback, useRef } from 'react'

/**
 * A field that keeps what is typed. The page's view and logic run in two threads. Taro sends each typed value back to
 * the field. That echo arrives after the next keys and undoes them (NervJS/taro #13979, #16809). So this
 * field gets a value once, when it is made, and its echoes stay in the logic. To give it another value, give it
 * another `key`.
 */
const useTypedField = (initial: string) => {
  const first = useRef(initial)
  return useCallback((node: FormElement | null) => {
    if (node === null) return
    if (first.current !== '') node.setAttribute('value', first.current)
    Object.defineProperty(node, 'value', {
      configurable: true,
      get: () => String(node.props['value'] ?? ''),
      set: (value: string) => {
        node.props['value'] = value
      },
    })
  }, [])
}

type Typed<P> = Omit<P, 'value' | 'defaultValue'> & { initial: string }

export const TypedInput = ({ initial, ...rest }: Typed<InputProps>) => (
  <Input ref={useTypedField(initial)} {...rest} />
)

export const TypedTextarea = ({ initial, ...rest }: Typed<TextareaProps>) => (
  <Textarea ref={useTypedField(initial)} {...rest} />
)
