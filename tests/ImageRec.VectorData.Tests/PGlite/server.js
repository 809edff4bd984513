// PostgreSQL with pgvector on a loopback port: node server.js PORT FOLDER. Ends when its standard input does.
import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'

const [port, dataDir] = process.argv.slice(2)
const db = await PGlite.create({ dataDir, extensions: { vector } })
await db.exec('CREATE EXTENSION IF NOT EXISTS vector')
const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port: Number(port), maxConnections: 20 })
await server.start()
process.stdin.on('end', async () => {
  await server.stop()
  await db.close()
  process.exit(0)
})
process.stdin.resume()
console.log('started')
