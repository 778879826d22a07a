import { againOverPostgres } from '../../kit/on-postgres.js'

againOverPostgres({ requests: () => void jest.requireActual('./requests.test.js') })
