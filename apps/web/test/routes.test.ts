import { routeOf, routes } from '../src/routes'

const at = (path: string) => routeOf(new URL(`https://cards.example.com${path}`))

describe('routeOf', () => {
  it.each([
    ['/h5/', { view: 'list', box: 'sent' }],
    ['/h5', { view: 'list', box: 'sent' }],
    ['/h5/#/received', { view: 'list', box: 'received' }],
    ['/h5/#/write', { view: 'write' }],
    ['/h5/#/settings', { view: 'settings' }],
    ['/h5/#/card/a%2Fb', { view: 'card', id: 'a/b' }],
    ['/h5/#/edit/a%2Fb', { view: 'edit', id: 'a/b' }],
    ['/h5/#/edit/', { view: 'list', box: 'sent' }],
    ['/h5/#/card/', { view: 'list', box: 'sent' }],
    ['/h5/#/card/%', { view: 'card', id: '%' }],
    ['/h5/#/nothing', { view: 'list', box: 'sent' }],
    ['/h5/?doctor=R1&from=singlemessage', { view: 'doctor', run: 'R1' }],
    ['/h5/o?s=6mBhJe&doctor=R1', { view: 'open', shareId: '6mBhJe', ask: false }],
    ['/h5/o?s=6mBhJe', { view: 'open', shareId: '6mBhJe', ask: false }],
    [
      '/h5/o?s=6mBhJe&from=singlemessage&isappinstalled=0',
      { view: 'open', shareId: '6mBhJe', ask: false },
    ],
    ['/h5/o?s=6mBhJe&c=1&from=singlemessage', { view: 'open', shareId: '6mBhJe', ask: true }],
    ['/h5/o?s=6mBhJe&c=0', { view: 'open', shareId: '6mBhJe', ask: false }],
    ['/h5/o?from=timeline', { view: 'open', shareId: '', ask: false }],
    ['/h5/o?s=6mBhJe#/write', { view: 'open', shareId: '6mBhJe', ask: false }],
  ])('%s', (path, route) => {
    expect(at(path)).toEqual(route)
  })

  it('finds what routes made', () => {
    const id = 'a b/c?d#e%'
    expect(at(`/h5/${routes.card(id)}`)).toEqual({ view: 'card', id })
    expect(at(`/h5/${routes.edit(id)}`)).toEqual({ view: 'edit', id })
    expect(at(routes.ownCard(id))).toEqual({ view: 'card', id })
    expect(at(`/h5/${routes.list('received')}`)).toEqual({ view: 'list', box: 'received' })
  })
})
