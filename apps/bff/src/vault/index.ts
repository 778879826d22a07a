export * from './digest.js'
export * from './vault.js'
export * from './vault.module.js'
