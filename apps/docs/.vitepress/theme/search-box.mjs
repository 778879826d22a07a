import MiniSearch from 'minisearch'
import { useData, useRouter, withBase } from 'vitepress'
import { computed, defineComponent, h, onMounted, onUnmounted, ref, watch } from 'vue'
import { INDEX, search } from '../../search/index-options.mjs'
import { SEARCH_WORDS } from './search-words.mjs'

const MOST = 12
const LIST = 'search-results'
const optionId = (i) => `${LIST}-${i}`

/** @param {'zh' | 'en'} language @returns {Promise<MiniSearch>} fetched when somebody begins to search */
const loadIndex = async (language) => {
  const answer = await fetch(withBase(`/assets/search-${language}.json`))
  if (!answer.ok) throw new Error(`the index of the search: ${answer.status}`)
  return MiniSearch.loadJSON(await answer.text(), INDEX)
}

const isTyping = ({ tagName }) => ['INPUT', 'TEXTAREA', 'SELECT'].includes(tagName)

/** A combo box: the arrows choose, Enter opens, Escape closes. */
export const SearchBox = defineComponent(() => {
  const { lang } = useData()
  const router = useRouter()
  const language = computed(() => (lang.value === 'en' ? 'en' : 'zh'))
  const words = computed(() => SEARCH_WORDS[language.value])
  const box = ref(null)
  const query = ref('')
  const index = ref(null)
  const failed = ref(false)
  const chosen = ref(0)
  const open = ref(false)

  const prepare = async () => {
    if (index.value) return
    try {
      index.value = await loadIndex(language.value)
      failed.value = false
    } catch {
      failed.value = true
    }
  }
  watch(language, () => {
    index.value = null
    query.value = ''
  })
  const hits = computed(() =>
    index.value && query.value.trim() ? search(index.value, query.value).slice(0, MOST) : [],
  )
  watch(hits, () => {
    chosen.value = 0
  })

  const close = () => {
    open.value = false
  }
  const go = (hit) => {
    close()
    void router.go(hit.href)
  }
  const move = (by) => {
    const count = hits.value.length
    if (count) chosen.value = (chosen.value + by + count) % count
  }
  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => hits.value[chosen.value] && go(hits.value[chosen.value]),
    Escape: close,
  }
  const onKey = (event) => {
    if (event.isComposing || !keys[event.key]) return
    event.preventDefault()
    keys[event.key]()
  }
  const onSlash = (event) => {
    if (event.key !== '/' || isTyping(event.target)) return
    event.preventDefault()
    box.value.focus()
  }
  onMounted(() => document.addEventListener('keydown', onSlash))
  onUnmounted(() => document.removeEventListener('keydown', onSlash))

  const input = () =>
    h('input', {
      ref: box,
      type: 'search',
      role: 'combobox',
      autocomplete: 'off',
      value: query.value,
      placeholder: words.value.placeholder,
      'aria-label': words.value.label,
      'aria-expanded': String(shown()),
      'aria-controls': LIST,
      'aria-activedescendant': shown() && hits.value.length ? optionId(chosen.value) : undefined,
      onFocus: () => {
        open.value = true
        void prepare()
      },
      onBlur: close,
      onInput: (event) => {
        query.value = event.target.value
        open.value = true
      },
      onKeydown: onKey,
    })
  const shown = () => open.value && query.value.trim() !== ''

  const option = (hit, i) =>
    h(
      'a',
      {
        id: optionId(i),
        role: 'option',
        href: hit.href,
        tabindex: -1,
        'aria-selected': String(i === chosen.value),
        // The box keeps the focus until the page is another.
        onMousedown: (event) => event.preventDefault(),
        onClick: close,
      },
      [h('strong', hit.title), hit.page === hit.title ? null : h('span', hit.page)],
    )
  const status = () => {
    if (failed.value) return words.value.failed
    if (!index.value) return ''
    return hits.value.length ? words.value.found(hits.value.length) : words.value.none
  }

  return () =>
    h('div', { class: 'search', role: 'search' }, [
      input(),
      h('div', { class: { results: true, shown: shown() } }, [
        h('p', { role: 'status' }, shown() ? status() : ''),
        h(
          'div',
          { id: LIST, role: 'listbox', 'aria-label': words.value.label },
          hits.value.map(option),
        ),
      ]),
    ])
})
