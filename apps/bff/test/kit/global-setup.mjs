// Jest's `globalSetup`: what all test files of a run share.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import bundleLibraries from './bundle-libraries.mjs'

export default async () => {
  await bundleLibraries()
  // Of this run alone: nothing in it is of another version of the migrations.
  process.env.SEALCARD_RUN_FOLDER ??= mkdtempSync(path.join(tmpdir(), 'sealcard-run-'))
}
