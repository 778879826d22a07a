// Required into the service by a test: it opens its database with less than synchronous=FULL, and so breaks its promise.
const path = require('node:path')
const bff = path.resolve(__dirname, '../../../apps/bff/package.json')
const { Database } = require('node:module').createRequire(bff)('sqlite3')

const { exec } = Database.prototype
Database.prototype.exec = function (sql, done) {
  return exec.call(
    this,
    sql.replace('synchronous = FULL', `synchronous = ${process.env.SYNCHRONOUS}`),
    done,
  )
}
