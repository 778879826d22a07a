import { againOverPostgres } from '../../kit/on-postgres.js'

againOverPostgres({
  logins: () => void jest.requireActual('./login.test.js'),
  sessions: () => void jest.requireActual('./cookie-session.test.js'),
  openings: () => void jest.requireActual('./openings.test.js'),
})
