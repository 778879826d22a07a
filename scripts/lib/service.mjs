import { spawn } from 'node:child_process'
import { root } from './paths.mjs'

/**
 * Starts one of our long-running processes and resolves when it has printed its ready line.
 * @param {string} name @param {string[]} args for node @param {Record<string, string>} env
 */
export const service = (name, args, env) => {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const exited = new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
  const streams = [child.stdout, child.stderr]
  const ready = new Promise((resolve, reject) => {
    const hear = (chunk) => {
      said = (said + chunk).slice(-8000)
      if (!/\bready\b.*https?:\/\//.test(said)) return
      // From here on it is read so that it can go on writing, and nobody looks at it: under load it says much.
      for (const stream of streams) stream.off('data', hear).resume()
      resolve(undefined)
    }
    for (const stream of streams) stream.setEncoding('utf8').on('data', hear)
    child.once('error', reject)
    void exited.then((code) =>
      reject(new Error(`${name} ended with code ${code} before it was ready:\n${said}`)),
    )
  })
  ready.catch(() => {})
  return {
    pid: child.pid,
    ready,
    exited,
    /** SIGKILL: as when the machine takes it away. */
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
    /** SIGTERM, and SIGKILL when that is not enough within ten seconds. */
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      const hard = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await exited
      clearTimeout(hard)
    },
  }
}
