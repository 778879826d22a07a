import { spawnSync } from 'node:child_process'
import path from 'node:path'

const script = path.join(__dirname, 'reference.py')

export type Job = ['o' | 's' | 'p', ...(string | Uint8Array)[]]

const encode = ([op, ...fields]: Job): Buffer => {
  const parts: Uint8Array[] = [Buffer.from(op)]
  for (const field of fields) {
    const bytes = typeof field === 'string' ? Buffer.from(field) : field
    const size = Buffer.alloc(4)
    size.writeUInt32BE(bytes.length)
    parts.push(size, bytes)
  }
  return Buffer.concat(parts)
}

/** Has the Python implementation do all jobs in one process. @returns undefined for what it refused. */
export const reference = (jobs: Job[]): (Buffer | undefined)[] => {
  const input = Buffer.concat(jobs.map(encode))
  const { status, stdout, stderr } = spawnSync('python3', [script], { input, maxBuffer: 2 ** 31 })
  if (status !== 0) throw new Error(`reference.py failed: ${stderr?.toString()}`)
  const answers: (Buffer | undefined)[] = []
  for (let at = 0; at < stdout.length;) {
    const size = stdout.readUInt32BE(at + 1)
    answers.push(stdout[at] === 1 ? stdout.subarray(at + 5, at + 5 + size) : undefined)
    at += 5 + size
  }
  return answers
}

/** Why the reference can't run here, or undefined. */
export const whyNoReference = ((): string | undefined => {
  const { status, error } = spawnSync('python3', [script], { input: '' })
  if (error) return 'python3 is not installed'
  return status === 0 ? undefined : 'python3 finds no libcrypto of OpenSSL'
})()
