import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { RouteObject } from 'react-router'
import { DetailsDrawer, OpenLink } from '../../src/ui/details-drawer'
import { ListPage } from '../../src/ui/list/list-page'
import { failure, fakeServices, inShell, show } from '../kit/fake-services'

interface Row {
  id: string
  title: string
}

const ROWS: Row[] = [
  { id: 'c1', title: 'Bonus' },
  { id: 'c2', title: 'Layoffs' },
]

const Cards = () => (
  <ListPage<Row>
    title="Cards"
    path="cards"
    byApp
    rowKey={({ id }) => id}
    filters={[
      { kind: 'text', name: 'q', label: 'Title' },
      { kind: 'choice', name: 'status', label: 'State', options: [{ value: 'x', label: 'X' }] },
      { kind: 'range' },
    ]}
    columns={[{ title: 'Name', cell: ({ id, title }) => <OpenLink id={id}>{title}</OpenLink> }]}
    empty={{ title: 'No cards yet', hint: 'Members write them' }}
    exported={{ path: 'cards/export', needs: 'read' }}
    drawer={(id, row) => <DetailsDrawer title={row?.title ?? id}>details of {id}</DetailsDrawer>}
    bulk={(rows, clear) => <button onClick={clear}>revoke {rows.length}</button>}
  />
)
const routes: RouteObject[] = inShell([{ path: '/cards', element: <Cards /> }])
const page = (items: Row[], nextCursor: string | null = null) => ({ items, nextCursor })

describe('a list', () => {
  it('says that it loads, and then shows its rows', async () => {
    let answer: (value: unknown) => void = () => undefined
    const { services } = fakeServices({ 'GET cards': () => new Promise((done) => (answer = done)) })
    show(services, '/cards', routes)
    expect(await screen.findByRole('status', { name: 'Loading' })).toBeTruthy()
    answer(page(ROWS))
    expect(await screen.findByRole('link', { name: 'Bonus' })).toBeTruthy()
    expect(screen.queryByRole('status', { name: 'Loading' })).toBeNull()
  })

  it('says what it is when there is nothing', async () => {
    const { services } = fakeServices({ 'GET cards': page([]) })
    show(services, '/cards', routes)
    expect(await screen.findByText('No cards yet')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Clear filters' })).toBeNull()
  })

  it('says that the filters leave nothing, and clears them', async () => {
    const { services, asked } = fakeServices({
      'GET cards': ({ query }: { query: { q?: string } }) => page(query.q ? [] : ROWS),
    })
    const { router } = show(services, '/cards?q=none&app=demo', routes)
    expect(await screen.findByText('Nothing matches these filters')).toBeTruthy()
    fireEvent.click(screen.getAllByRole('button', { name: 'Clear filters' })[0] as HTMLElement)
    expect(await screen.findByText('Bonus')).toBeTruthy()
    // The app is the header's.
    expect(router.state.location.search).toBe('?app=demo')
    expect(asked.at(-1)?.query).toEqual({ app: 'demo', cursor: undefined })
  })

  it('says that a page may be empty before the end of a search', async () => {
    const { services } = fakeServices({ 'GET cards': page([], 'next') })
    show(services, '/cards?q=rare', routes)
    expect(await screen.findByText('Nothing on this page; there may be more')).toBeTruthy()
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Next' }).disabled).toBe(false)
  })

  it('says why it failed, and tries again', async () => {
    const { services, table } = fakeServices({ 'GET cards': failure('ERR_INTERNAL', 500) })
    show(services, '/cards', routes)
    expect(await screen.findByText('This could not be read')).toBeTruthy()
    expect(screen.getByText('req-1')).toBeTruthy()
    table['GET cards'] = page(ROWS)
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('Bonus')).toBeTruthy()
  })

  it('takes its filters from the address, and writes them there at the first page', async () => {
    const { services, asked } = fakeServices({ 'GET cards': page(ROWS) })
    const { router } = show(services, '/cards?status=x&cursor=c&open=c1', routes)
    await screen.findByRole('link', { name: 'Layoffs' })
    expect(asked.find(({ line }) => line === 'GET cards')?.query).toEqual({
      status: 'x',
      cursor: 'c',
    })
    fireEvent.change(screen.getByLabelText('Title'), { target: { value: 'bo' } })
    fireEvent.submit(screen.getByRole('search'))
    await waitFor(() => {
      expect(router.state.location.search).toBe('?status=x&q=bo')
    })
  })

  it('goes to the next page and back, and keeps the way in the history', async () => {
    const { services } = fakeServices({
      'GET cards': ({ query }: { query: { cursor?: string } }) =>
        query.cursor === 'two' ? page([{ id: 'c3', title: 'Third' }]) : page(ROWS, 'two'),
    })
    const { router } = show(services, '/cards', routes)
    await screen.findByText('Bonus')
    fireEvent.click(screen.getByRole('button', { name: 'Next' }))
    expect(await screen.findByText('Third')).toBeTruthy()
    expect(router.state.location.search).toBe('?cursor=two')
    fireEvent.click(screen.getByRole('button', { name: 'Previous' }))
    expect(await screen.findByText('Bonus')).toBeTruthy()
    expect(router.state.location.search).toBe('')
  })

  it('opens the drawer of a row by its name, in the address, and by nothing else', async () => {
    const { services } = fakeServices({ 'GET cards': page(ROWS) })
    const { router } = show(services, '/cards?q=bo', routes)
    const row = (await screen.findByText('Bonus')).closest('tr') as HTMLElement
    fireEvent.click(row)
    expect(router.state.location.search).toBe('?q=bo')
    fireEvent.click(within(row).getByRole('link', { name: 'Bonus' }))
    expect(await screen.findByText('details of c1')).toBeTruthy()
    expect(router.state.location.search).toBe('?q=bo&open=c1')
    fireEvent.click(screen.getByRole('button', { name: 'Close' }))
    await waitFor(() => {
      expect(router.state.location.search).toBe('?q=bo')
    })
  })

  it('exports by the filters of the list', async () => {
    const { services } = fakeServices({ 'GET cards': page(ROWS) })
    show(services, '/cards?q=bo&app=demo&cursor=c', routes)
    await screen.findByText('Bonus')
    fireEvent.click(screen.getByRole('button', { name: 'Export' }))
    const link = await screen.findByText('Export CSV')
    expect(link.getAttribute('href')).toBe('/v1/admin/cards/export?app=demo&q=bo&format=csv')
  })

  it('offers what can be done with several rows at once', async () => {
    const { services } = fakeServices({ 'GET cards': page(ROWS) })
    show(services, '/cards', routes)
    await screen.findByText('Bonus')
    const boxes = screen.getAllByRole('checkbox')
    fireEvent.click(boxes[1] as HTMLElement)
    expect(await screen.findByText('revoke 1')).toBeTruthy()
    fireEvent.click(screen.getByText('revoke 1'))
    await waitFor(() => {
      expect(screen.queryByText('revoke 1')).toBeNull()
    })
  })
})
