import { glassEasel } from 'glass-easel-miniprogram-adapter'
import { baseTags } from './components/index.js'
import type { Threads } from './threads.js'

type Triggerable = { __wxElement?: unknown; parentNode: Triggerable | null }

/** The node of glass-easel that an element of the document belongs to. */
const nodeOf = (el: Element): never => {
  let at: Triggerable | null = el
  while (at && !at.__wxElement) at = at.parentNode
  return (at?.__wxElement ?? null) as never
}

const dispatch = (el: Element, type: string, detail: unknown): void => {
  const node = nodeOf(el)
  if (node === null) return
  const event = new glassEasel.Event(type, detail, {
    bubbles: true,
    composed: true,
    capturePhase: true,
  })
  glassEasel.Event.dispatchEvent(node, event)
}

/** Elements that a keyboard or a screen reader presses: both end in a tap, as on a desktop client. */
const pressFromKeyboard = (threads: Threads): void => {
  document.body.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    const target = event.target as Element
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || !target.closest('[tabindex]')) return
    event.preventDefault()
    threads.cross(() => dispatch(target, 'tap', { x: 0, y: 0 }))
  })
}

const NEXT: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

/** Arrow keys choose the next of a group of radios or tabs, as the ARIA Authoring Practices have it. */
const chooseFromKeyboard = (threads: Threads): void => {
  document.body.addEventListener('keydown', (event) => {
    const step = NEXT[event.key]
    const from = (event.target as Element).closest<HTMLElement>('[role=radio],[role=tab]')
    const group = from?.closest('[role=radiogroup],[role=tablist]')
    if (step === undefined || !from || !group) return
    const all = [...group.querySelectorAll<HTMLElement>('[role=radio],[role=tab]')]
    const to = all[(all.indexOf(from) + step + all.length) % all.length]
    if (!to) return
    event.preventDefault()
    to.focus()
    threads.cross(() => dispatch(to, 'tap', { x: 0, y: 0 }))
  })
}

/** WeChat's longpress: 350 ms without moving (event page). */
const pressLong = (threads: Threads): void => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = () => clearTimeout(timer)
  const start = (event: Event) => {
    stop()
    const target = event.target as Element
    timer = setTimeout(() => {
      for (const type of ['longpress', 'longtap']) {
        threads.cross(() => dispatch(target, type, { x: 0, y: 0 }))
      }
    }, 350)
  }
  for (const type of ['mousedown', 'touchstart']) {
    document.body.addEventListener(type, start, { capture: true, passive: true })
  }
  for (const type of ['mouseup', 'mousemove', 'touchend', 'touchmove', 'touchcancel']) {
    document.body.addEventListener(type, stop, { capture: true, passive: true })
  }
}

/**
 * glass-easel's own DOM backend, with three differences. Built-in components get a tag of their own (`view` → `wx-view`).
 * It adds each style sheet once, and can switch it off with its page. Events reach the components.
 */
export class PhoneBackend extends glassEasel.CurrentWindowBackendContext {
  readonly #sheets = new Map<string, HTMLStyleElement>()
  readonly #contents = new Map<string, string>()

  constructor(knownTags: Set<string>, unknownTag: (tag: string) => void, threads: Threads) {
    super()
    const create = (tag: string) => {
      if (baseTags[tag]) return document.createElement(`wx-${tag}`)
      if (!knownTags.has(tag)) unknownTag(tag)
      return document.createElement(tag)
    }
    this.document = {
      createElement: create as never,
      createTextNode: ((text: string) => document.createTextNode(text)) as never,
      createDocumentFragment: (() => document.createDocumentFragment()) as never,
    }
    // The npm release has no Event.triggerBackendEvent, which the repository's main branch documents.
    this.onEvent((target, type, detail, options) => {
      const event = new glassEasel.Event(type, detail, options)
      threads.cross(() => glassEasel.Event.dispatchEvent(target, event))
      return event.getEventBubbleStatus()
    })
    pressFromKeyboard(threads)
    chooseFromKeyboard(threads)
    pressLong(threads)
  }

  override registerStyleSheetContent(path: string, content: unknown): void {
    this.#contents.set(path, String(content))
  }

  override appendStyleSheetPath(path: string): number {
    const css = this.#contents.get(path)
    if (css === undefined) throw new Error(`no style sheet ${path}`)
    if (!this.#sheets.has(path) && css !== '') {
      const style = document.createElement('style')
      style.textContent = css
      style.dataset.path = path
      document.head.append(style)
      this.#sheets.set(path, style)
    }
    return this.#sheets.size
  }

  /** Each page of WeChat is a web view of its own: the sheet of one page never styles another. */
  showOnlyPageSheet(route: string, pages: string[]): void {
    for (const page of pages) this.showSheet(page, page === route)
  }

  showSheet(path: string, shown: boolean): void {
    const sheet = this.#sheets.get(path)
    if (sheet) sheet.media = shown ? 'all' : 'not all'
  }
}
