import { renameSync, writeFileSync } from 'node:fs'

/** Another process reads the file while a test writes it. It sees the old text or the new one, never an empty file. */
export const replaceFile = (file: string, text: string): void => {
  writeFileSync(`${file}.new`, text)
  renameSync(`${file}.new`, file)
}
