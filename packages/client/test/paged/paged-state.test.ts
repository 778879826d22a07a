import fc from 'fast-check'
import {
  emptyPaged,
  pagedReducer,
  type Paged,
  type PagedAction,
} from '../../src/paged/paged-state.js'

const reduce = pagedReducer<string>((item) => item)
const after = (...actions: PagedAction<string>[]) =>
  actions.reduce<Paged<string>>(reduce, emptyPaged)

const loaded = { type: 'loaded', run: 1, items: ['a', 'b'], nextCursor: 'n' } as const
const reload = { type: 'reload', run: 1, keep: false } as const

describe('a list in pages', () => {
  it('loads', () => {
    expect(after(reload).phase).toBe('loading')
    expect(after(reload, loaded)).toMatchObject({ phase: 'ready', items: ['a', 'b'], more: 'idle' })
  })

  it('keeps what it shows on a quiet reload, also when that fails', () => {
    const again = { type: 'reload', run: 2, keep: true } as const
    expect(after(reload, loaded, again)).toMatchObject({ phase: 'ready', items: ['a', 'b'] })
    const failed = after(
      reload,
      loaded,
      { ...again, keep: false },
      { type: 'failed', run: 2, error: 'e' },
    )
    expect(failed).toMatchObject({ phase: 'failed', error: 'e', items: [] })
  })

  it('has the first page anew after a quiet reload, and what was loaded behind it', () => {
    const more = [
      { type: 'more' },
      { type: 'appended', run: 1, items: ['c', 'd'], nextCursor: 'm' },
      { type: 'reload', run: 2, keep: true },
    ] as const
    const anew = (items: string[], nextCursor: string | null = 'n') =>
      after(reload, loaded, ...more, { type: 'loaded', run: 2, items, nextCursor })
    // A new card came, one of the first page is gone.
    expect(anew(['new', 'b'])).toMatchObject({ items: ['new', 'b', 'c', 'd'], nextCursor: 'm' })
    expect(anew(['d', 'a', 'b'])).toMatchObject({ items: ['d', 'a', 'b', 'c'], nextCursor: 'm' })
    // All is on the first page now; and nothing of it was known.
    expect(anew(['a'], null)).toMatchObject({ items: ['a'], nextCursor: null })
    expect(anew(['x', 'y'])).toMatchObject({ items: ['x', 'y'], nextCursor: 'n' })
    expect(anew([])).toMatchObject({ items: [], nextCursor: 'n' })
  })

  it('does not hear the answers of an older request', () => {
    const newer = { type: 'reload', run: 2, keep: false } as const
    expect(after(reload, newer, loaded).phase).toBe('loading')
    expect(after(reload, newer, { type: 'failed', run: 1, error: 'e' }).phase).toBe('loading')
  })

  it('appends, and shows nothing twice', () => {
    const state = after(
      reload,
      loaded,
      { type: 'more' },
      { type: 'appended', run: 1, items: ['b', 'c'], nextCursor: null },
    )
    expect(state).toMatchObject({ items: ['a', 'b', 'c'], nextCursor: null, more: 'idle' })
  })

  it('says when a further page failed, and keeps the rest', () => {
    const state = after(
      reload,
      loaded,
      { type: 'more' },
      { type: 'more-failed', run: 1, error: 'e' },
    )
    expect(state).toMatchObject({ phase: 'ready', items: ['a', 'b'], more: 'failed', error: 'e' })
    expect(reduce(state, { type: 'more' }).more).toBe('loading')
  })

  it('asks for no page after the last, nor for two at once', () => {
    const end = after(reload, { ...loaded, nextCursor: null }, { type: 'more' })
    expect(end.more).toBe('idle')
    const once = after(reload, loaded, { type: 'more' })
    expect(reduce(once, { type: 'more' })).toBe(once)
  })

  it('never shows an item twice, whatever comes', () => {
    const items = fc.array(fc.constantFrom('a', 'b', 'c', 'd'))
    fc.assert(
      fc.property(items, fc.array(items), (first, pages) => {
        const state = after(
          reload,
          { ...loaded, items: first },
          ...pages.map((page) => ({ ...loaded, type: 'appended' as const, items: page })),
        )
        expect(new Set(state.items).size).toBe(state.items.length)
        expect(new Set(state.items)).toEqual(new Set([first, ...pages].flat()))
      }),
    )
  })
})
