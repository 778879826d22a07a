import { fireEvent, screen, waitFor } from '@testing-library/react'
import { DetailsDrawer, OpenLink } from '../../src/ui/details-drawer'
import { ListPage, type ListPageProps } from '../../src/ui/list/list-page'
import { failure, fakeServices, inShell, show } from '../kit/fake-services'

interface Row {
  id: string
  name: string
}
const ROWS: Row[] = [
  { id: 'r1', name: 'first' },
  { id: 'r2', name: 'second' },
]
const page = (items: Row[], nextCursor: string | null = null) => ({ items, nextCursor })

const open = async (answer: unknown, at = '/', more: Partial<ListPageProps<Row>> = {}) => {
  const fake = fakeServices({ 'GET rows': answer })
  await fake.services.sessions.ask()
  const list = (
    <ListPage<Row>
      title="Rows"
      path="rows"
      rowKey={({ id }) => id}
      filters={[{ kind: 'text', name: 'q', label: 'Word' }]}
      columns={[{ title: 'Name', cell: ({ id, name }) => <OpenLink id={id}>{name}</OpenLink> }]}
      empty={{ title: 'No row yet', hint: 'Rows come from somewhere' }}
      drawer={(id, row) => <DetailsDrawer title={id}>{row?.name ?? 'not here'}</DetailsDrawer>}
      {...more}
    />
  )
  return { ...fake, ...show(fake.services, at, inShell([{ path: '/', element: list }])) }
}
const queries = (asked: { line: string; query: object }[]) =>
  asked.filter(({ line }) => line === 'GET rows').map(({ query }) => query)

describe('a list', () => {
  it('says that it loads, and then shows its rows', async () => {
    let arrive: (rows: unknown) => void = () => undefined
    await open(() => new Promise((resolve) => (arrive = resolve)))
    expect(await screen.findByRole('status', { name: 'Loading' })).toBeTruthy()
    arrive(page(ROWS))
    expect(await screen.findByRole('link', { name: 'first' })).toBeTruthy()
    expect(screen.queryByRole('status', { name: 'Loading' })).toBeNull()
  })

  it('tells an empty list from one that is filtered to nothing, and clears the filters', async () => {
    const { asked } = await open(page([]), '/?q=zz')
    expect(await screen.findByText('Nothing matches these filters')).toBeTruthy()
    const [clear] = screen.getAllByRole('button', { name: 'Clear filters' })
    fireEvent.click(clear as HTMLElement)
    expect(await screen.findByText('No row yet')).toBeTruthy()
    expect(queries(asked)).toEqual([{ q: 'zz' }, {}])
  })

  it('does not call an empty page the end while there is a next one', async () => {
    await open(page([], 'c2'), '/?q=zz')
    expect(await screen.findByText('Nothing on this page; there may be more')).toBeTruthy()
  })

  it('goes on by its cursor and back, with the filters and without the drawer', async () => {
    const answer = ({ query }: { query: { cursor?: string } }) =>
      query.cursor === 'c2' ? page([{ id: 'r3', name: 'third' }]) : page(ROWS, 'c2')
    const { asked, router } = await open(answer, '/?q=i&open=r1')
    await screen.findByText('second')
    fireEvent.click(screen.getByText('Next'))
    expect(await screen.findByText('third')).toBeTruthy()
    expect(router.state.location.search).toBe('?q=i&cursor=c2')
    fireEvent.click(screen.getByText('Previous'))
    expect(await screen.findByText('second')).toBeTruthy()
    expect(queries(asked).slice(0, 2)).toEqual([{ q: 'i' }, { q: 'i', cursor: 'c2' }])
  })
})

describe('a drawer that an address opens', () => {
  it('waits for its list, and does not say meanwhile that the row is not there', async () => {
    let arrive: (rows: unknown) => void = () => undefined
    await open(() => new Promise((resolve) => (arrive = resolve)), '/?open=r2')
    await waitFor(() => {
      expect(screen.getAllByRole('status', { name: 'Loading' })).toHaveLength(2)
    })
    expect(screen.queryByText('not here')).toBeNull()
    arrive(page(ROWS))
    expect(await screen.findByRole('dialog', { name: 'r2' })).toBeTruthy()
    expect(screen.queryByText('not here')).toBeNull()
  })

  it('says that the row is not there once the list is read', async () => {
    await open(page(ROWS), '/?open=r9')
    expect(await screen.findByText('not here')).toBeTruthy()
  })

  it('leaves the failure of its list to the list', async () => {
    await open(failure('ERR_INTERNAL', 500), '/?open=r1')
    expect(await screen.findByText('This could not be read')).toBeTruthy()
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('does not wait where it reads by itself', async () => {
    await open(failure('ERR_INTERNAL', 500), '/?open=r1', { drawerReads: true })
    expect(await screen.findByRole('dialog', { name: 'r1' })).toBeTruthy()
  })
})
