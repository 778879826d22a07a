/**
 * What CHANGELOG.md says of a version.
 * @param {string} text in the form of Keep a Changelog @param {string} version `1.2.3` @returns {string} without its heading
 * @throws when it has no part for the version, or the part is empty
 */
export const notesOf = (text, version) => {
  const parts = text.split(/^## /m)
  const part = parts.find((one) => one.startsWith(`[${version}]`))
  const notes = part?.slice(part.indexOf('\n')).trim()
  if (!notes)
    throw new Error(`CHANGELOG.md has nothing under ## [${version}]: move what is Unreleased there`)
  return `${notes}\n`
}
