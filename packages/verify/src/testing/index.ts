/**
 * The suite that every `VerifyStore` must pass. It needs no test runner of a kind.
 *
 * @module
 */
export { storeCases, type StoreCase } from './store-cases.js'
