import { exec } from './exec.mjs'

/** The versions of SUPPORT.md beside the one that runs this. Their binaries come in the npm package `node`. */
export const OTHER_NODES = ['22', '24']

/**
 * Runs a command with another Node as `node`, for it and for all that it starts. The native addons need no second
 * compilation: they use Node-API.
 * @param {string} major of OTHER_NODES @param {string} command @param {string[]} args
 * @param {Parameters<typeof exec>[2]} [options]
 */
export const execOnNode = (major, command, args, options) =>
  exec('npm', ['exec', '--yes', `--package=node@${major}`, '--', command, ...args], options)
