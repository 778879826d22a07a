/** The files of deploy/, run or checked by the programs that read them, where this machine has them. */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { eventually, freePort } from '@sealcard/testing'
import { parse, parseAllDocuments } from 'yaml'
import { type LeanStack, startLeanStack } from '../support/lean-stack.js'
import { Member } from '../support/member.js'

const deploy = path.resolve(__dirname, '../../deploy')
const read = (file: string): string => readFileSync(path.join(deploy, file), 'utf8')
const has = (program: string, flag: string): boolean =>
  spawnSync(program, [flag], { stdio: 'ignore' }).error === undefined

const where = (yes: boolean) => (yes ? test : test.skip)

where(has('systemd-analyze', '--version'))('systemd understands the unit', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'sealcard-unit-'))
  const unit = path.join(folder, 'sealcard.service')
  // The program need not be where it is on a server.
  writeFileSync(
    unit,
    read('systemd/sealcard.service').replace(/^ExecStart=\S+ \S+/m, 'ExecStart=/bin/true'),
  )
  const { stderr, status } = spawnSync('systemd-analyze', ['verify', '--man=no', unit], {
    encoding: 'utf8',
  })
  rmSync(folder, { recursive: true, force: true })
  const ours = stderr.split('\n').filter((line) => line.includes('sealcard.service'))
  expect({ ours, status }).toEqual({ ours: [], status: 0 })
})

;(has('nginx', '-v') ? describe : describe.skip)('nginx', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'sealcard-nginx-'))
  let stack: LeanStack
  let nginx: ChildProcess | undefined
  let url = ''

  /** The whole configuration of an nginx that keeps to the folder. */
  const written = (name: string, site: string): string => {
    const file = path.join(folder, name)
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
      .join('\n')
    writeFileSync(
      file,
      `daemon off;\npid ${folder}/${name}.pid;\nerror_log ${folder}/error.log;\nevents {}\n` +
        `http {\naccess_log off;\n${temporary}\n${site}\n}\n`,
    )
    return file
  }
  const run = (config: string, ...more: string[]) =>
    execFileSync('nginx', ['-p', folder, '-e', `${folder}/error.log`, '-c', config, ...more], {
      stdio: 'pipe',
    })

  beforeAll(async () => {
    stack = await startLeanStack({ config: { trustedProxies: ['127.0.0.1'] } })
  })
  afterAll(async () => {
    if (nginx) {
      const ended = once(nginx, 'exit')
      nginx.kill('SIGTERM')
      await ended
    }
    await stack.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('accepts the site as it stands in deploy, with a certificate', () => {
    const keys = path.resolve(__dirname, '../../apps/bff/test/kit/storage')
    const tls = path.join(folder, 'tls')
    mkdirSync(tls)
    copyFileSync(path.join(keys, 'self-signed.cert.pem'), path.join(tls, 'cards.example.com.pem'))
    copyFileSync(path.join(keys, 'self-signed.key.pem'), path.join(tls, 'cards.example.com.key'))
    const site = read('nginx/sealcard.conf').replaceAll('/etc/nginx/tls', tls)
    expect(() => run(written('whole.conf', site), '-t')).not.toThrow()
  })

  test('a recipient opens a card through it, and each person keeps their own address', async () => {
    const port = await freePort()
    url = `http://127.0.0.1:${port}`
    const site = read('nginx/sealcard.conf')
      .replace('127.0.0.1:3000', new URL(stack.bff.url).host)
      .replace(/server \{\s+listen 80;[^}]*\}/, '')
      .replace('listen 443 ssl http2', `listen 127.0.0.1:${port}`)
      .replaceAll(/^ *ssl_.*$/gm, '')
    const config = written('plain.conf', site)
    const args = ['-p', folder, '-e', `${folder}/error.log`, '-c', config]
    nginx = spawn('nginx', args, { stdio: 'ignore' })
    await eventually(() =>
      fetch(`${url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    )
    const member = (name: string) => new Member(name, 'wechat', stack.control, url)
    const [lin, chen] = [member('lin'), member('chen')] as const
    for (const one of [lin, chen]) expect((await one.logIn()).status).toBe(201)
    const card = await lin.createCard('Tea', 'at four')
    const { body: share } = await lin.share(card.body.id)
    const proof = await chen.prove(await lin.send(share, 'wechat-lin-chen'))
    expect((await chen.open(share.id, proof)).body).toMatchObject({ card: { body: 'at four' } })
    const metrics = await (await fetch(`${stack.bff.url}/metrics`)).text()
    expect(metrics).not.toMatch(/^sealcard_http_untrusted_proxy_total [1-9]/m)
  })

  test('keeps the metrics inside', async () => {
    expect((await fetch(`${url}/metrics`)).status).toBe(404)
    expect((await fetch(`${stack.bff.url}/metrics`)).status).toBe(200)
  })
})

interface Service {
  read_only?: boolean
  cap_drop?: string[]
  image?: string
  environment?: Record<string, string>
}

describe.each(['compose.sqlite.yml', 'compose.postgres.yml'])('%s', (file) => {
  const { services } = parse(read(`docker/${file}`), { merge: true }) as {
    services: Record<string, Service>
  }
  const ours = Object.values(services).filter(({ image }) => image === 'sealcard')

  test('gives the service a root that it cannot write, and no rights of the kernel', () => {
    expect(ours.length).toBeGreaterThan(0)
    for (const { read_only, cap_drop } of ours)
      expect({ read_only, cap_drop }).toEqual({ read_only: true, cap_drop: ['ALL'] })
  })

  test('holds no password', () => {
    for (const { environment = {} } of Object.values(services))
      for (const [name, value] of Object.entries(environment))
        if (/PASSWORD|SECRET|KEYRING|TOKEN/.test(name)) expect(value).toMatch(/^\/run\/secrets\//)
  })
})

test('the image has a user that is not root, a health check, and every script of libraries off but one', () => {
  const text = read('docker/Dockerfile')
  const last = text.slice(text.lastIndexOf('\nFROM '))
  expect(last).toMatch(/^USER 10001:10001$/m)
  expect(last).toMatch(/^HEALTHCHECK /m)
  expect(last).toMatch(/^STOPSIGNAL SIGTERM$/m)
  expect(text).toMatch(/npm install .*--ignore-scripts/)
  expect(text.match(/npm rebuild .*/g)).toEqual(['npm rebuild sqlite3 \\'])
})

test('Kubernetes runs it without root, with its secrets as files', () => {
  const documents = parseAllDocuments(read('kubernetes/sealcard.yaml')).map((one) => one.toJS())
  const deployment = documents.find(({ kind }) => kind === 'Deployment')
  const { securityContext, containers, volumes } = deployment.spec.template.spec
  expect(securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 10_001 })
  const [container] = containers
  expect(container.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  })
  expect(container.readinessProbe.httpGet.path).toBe('/readyz')
  expect(container.livenessProbe.httpGet.path).toBe('/healthz')
  const mounted = container.volumeMounts.map(({ name }: { name: string }) => name).sort()
  expect(volumes.map(({ name }: { name: string }) => name).sort()).toEqual(mounted)
  const config = documents.find(({ kind }) => kind === 'ConfigMap').data['sealcard.config.json']
  expect(JSON.parse(config).apps[0].secret).toEqual({
    file: '/run/secrets/sealcard/wechat-secret',
  })
})
