import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { memoryStore } from '../../src/adapters/file-store.js'
import type { WorldStore } from '../../src/ports.js'
import { freshSimulator } from '../kit/fresh-simulator.js'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'sealcard-simulator-'))
})
afterEach(() => rm(dir, { recursive: true }))

describe('the saved world', () => {
  it('should come back with people, chats, cards, sessions and tokens', async () => {
    const first = await freshSimulator({ data: dir })
    const { openid, session_key } = await first.logIn('chen-wechat')
    const activityId = await first.declareInWechat('lin-wechat')
    const card = await first.share('lin-wechat', 'wechat-lin-chen')
    await first.client.addPerson({ id: 'wu', name: '吴' })
    const before = first.world.export()
    await first.close()

    const second = await freshSimulator({ data: dir })
    expect(second.world.export()).toEqual(before)
    const shareTicket = await second.openCard('chen-wechat', card)
    const proof = await second.ok('chen-wechat', 'authPrivateMessage', { shareTicket })
    expect(second.read(session_key, proof)).toBe(activityId)
    expect((await second.logIn('chen-wechat'))['openid']).toBe(openid)
    await second.close()
  })

  it('should be on disk before the answer is', async () => {
    const bench = await freshSimulator({ data: dir })
    await bench.client.addPerson({ id: 'wu', name: '吴' })
    const saved = JSON.parse(await readFile(path.join(dir, 'world.json'), 'utf8'))
    expect(saved.people).toHaveProperty('wu')
    expect(await readdir(dir)).toEqual(['world.json'])
    await bench.close()
  })

  it('should hold what a server API did, too', async () => {
    const bench = await freshSimulator({ data: dir })
    const token = await bench.wechatToken()
    expect(await readFile(path.join(dir, 'world.json'), 'utf8')).toContain(token)
    await bench.close()
  })

  it('should share one save among changes made together', async () => {
    const store = memoryStore()
    let saves = 0
    const counting: WorldStore = {
      load: () => store.load(),
      save: async (text) => {
        saves += 1
        await new Promise<void>((resolve) => setImmediate(resolve))
        await store.save(text)
      },
    }
    const bench = await freshSimulator({ store: counting })
    const before = saves
    const names = Array.from({ length: 50 }, (_, i) => `p${i}`)
    await Promise.all(names.map((id) => bench.client.addPerson({ id, name: id })))
    expect(saves - before).toBeLessThan(50)
    expect(Object.keys(JSON.parse(store.text ?? '').people)).toHaveLength(53)
    await bench.close()
  })

  it('should not acknowledge what could not be saved', async () => {
    let broken = false
    const store = memoryStore()
    const failing: WorldStore = {
      load: () => store.load(),
      save: (text) => (broken ? Promise.reject(new Error('ENOSPC')) : store.save(text)),
    }
    const bench = await freshSimulator({ store: failing })
    broken = true
    await expect(bench.client.addPerson({ name: 'x' })).rejects.toMatchObject({ status: 500 })
    broken = false
    await bench.client.addPerson({ name: 'y' })
    expect(store.text).toContain('"y"')
    await bench.close()
  })

  it('should take a changed secret from the start options', async () => {
    const first = await freshSimulator({ data: dir })
    const apps = first.world.export().apps
    await first.client.setVisible('lin', false)
    await first.close()
    const [app] = apps.wechat
    if (app) app.secret = 'another-fake-secret'
    const second = await freshSimulator({ data: dir, apps })
    expect(second.world.wechatApps()[0]?.secret).toBe('another-fake-secret')
    expect(second.world.wecomApps()[0]?.outOfRange).toEqual(['lin'])
    await second.close()
  })

  it('should refuse to start over a damaged file', async () => {
    await writeFile(path.join(dir, 'world.json'), '{"format":1')
    await expect(freshSimulator({ data: dir })).rejects.toThrow(/not JSON/)
    await writeFile(path.join(dir, 'world.json'), '{"format":2}')
    await expect(freshSimulator({ data: dir })).rejects.toThrow(/format/)
  })

  it('should be exported, imported and reset through the control plane', async () => {
    const bench = await freshSimulator()
    const state = await bench.client.exportState()
    await bench.client.addPerson({ id: 'wu', name: '吴' })
    await bench.client.importState(state)
    expect(await bench.client.people()).toHaveLength(3)
    await bench.client.reset()
    expect(await bench.client.people()).toEqual([])
    await bench.client.reset('demo')
    expect(await bench.client.people()).toHaveLength(3)
    await expect(bench.client.importState({ format: 1 })).rejects.toMatchObject({ status: 400 })
    await bench.close()
  })
})
