import { againOverPostgres } from '../kit/on-postgres.js'

againOverPostgres({
  groups: () => void jest.requireActual('./callback/groups.test.js'),
  neighbours: () => void jest.requireActual('./outbox/busy-neighbours.test.js'),
  delivery: () => void jest.requireActual('./outbox/delivery.test.js'),
  messages: () => void jest.requireActual('./notices/app-messages-once.test.js'),
  storage: () => void jest.requireActual('./storage/storage.test.js'),
})
