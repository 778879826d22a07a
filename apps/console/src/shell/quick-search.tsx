import { SearchOutlined } from '@ant-design/icons'
import { AutoComplete, Input, type RefSelectProps } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { shellWords } from '../frame/words'
import { useWords } from '../i18n/words'
import { useFailureText } from '../ui/failure-notice'
import { MAIN } from './main-id'
import { type SearchState, useFound } from './use-found'

/** Finds screens, cards, people and apps by a part of their name. `/` or Ctrl-K leads here from every screen. */
export const QuickSearch = () => {
  const t = useWords(shellWords)
  const navigate = useNavigate()
  const box = useRef<RefSelectProps>(null)
  const [text, setText] = useState('')
  const { groups, state } = useFound(text.trim())
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!isShortcut(event)) return
      event.preventDefault()
      box.current?.focus()
      // A new text replaces the one before.
      box.current?.nativeElement.querySelector('input')?.select()
    }
    document.addEventListener('keydown', listen)
    return () => {
      document.removeEventListener('keydown', listen)
    }
  }, [])

  return (
    <div role="search" aria-label={t('search')} style={{ flex: '0 1 320px', minWidth: 120 }}>
      <AutoComplete
        ref={box}
        aria-label={t('search')}
        value={text}
        options={text.trim() === '' ? [] : groups}
        defaultActiveFirstOption
        virtual={false}
        popupRender={(list) => (
          <>
            {list}
            <SearchLine state={state} />
          </>
        )}
        optionRender={({ label }) => <bdi>{label}</bdi>}
        style={{ width: '100%' }}
        onChange={setText}
        onSelect={(address: string) => {
          setText('')
          // The next Tab reaches the first control of what was found.
          document.getElementById(MAIN)?.focus()
          void navigate(address)
        }}
      >
        <Input
          prefix={<SearchOutlined />}
          suffix={<kbd>/</kbd>}
          placeholder={t('search.hint')}
          maxLength={64}
          autoComplete="off"
          aria-keyshortcuts="/ Control+K"
        />
      </AutoComplete>
    </div>
  )
}

/** How far the search is, below what was found. */
const SearchLine = ({ state }: { state: SearchState }) => {
  const t = useWords(shellWords)
  const say = useFailureText()
  const text = {
    idle: t('search.short'),
    searching: t('search.searching'),
    some: '',
    none: t('search.none'),
    failed: state.kind === 'failed' ? t('search.failed', { why: say(state.error) }) : '',
  }[state.kind]
  return (
    <div role="status" style={text === '' ? {} : { padding: '4px 12px 6px', fontSize: 12 }}>
      {text}
    </div>
  )
}

/** `/` is a letter where one writes; Ctrl-K is none. Over an open dialog there is no search. */
const isShortcut = ({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean => {
  if (document.querySelector('[role=dialog][aria-modal=true]')) return false
  if (key.toLowerCase() === 'k') return ctrlKey || metaKey
  if (key !== '/' || ctrlKey || metaKey || altKey) return false
  return !(target instanceof Element && target.closest('input, textarea, [contenteditable]'))
}
