export * from '../../src/testing/scale.js'
