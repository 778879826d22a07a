/** Ends the process with one clear line when this Node is too old. */
export const assertNode = (version = process.versions.node) => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  console.error(`Node.js 20.19 or newer is needed (20.19+, 22 or 24); this is ${version}.`)
  process.exit(1)
}
