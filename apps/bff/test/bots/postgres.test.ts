import { againOverPostgres } from '../support/on-postgres.js'

againOverPostgres({
  neighbours: () => void jest.requireActual('./busy-neighbours.test.js'),
  delivery: () => void jest.requireActual('./delivery.test.js'),
  messages: () => void jest.requireActual('./app-messages-once.test.js'),
  storage: () => void jest.requireActual('./storage.test.js'),
})
