import { createServer } from 'node:net'

/** The wanted port when it is free, else any free one. @returns {Promise<number>} */
export const freePort = (wanted) =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error) =>
      error.code === 'EADDRINUSE' && wanted ? resolve(freePort(0)) : reject(error),
    )
    server.listen(wanted, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
