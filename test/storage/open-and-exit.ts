// A process of its own for tests: opens the embedded database in a directory, says so and waits to be killed, or says
// why it could not.
import { openDatabase } from '../../src/storage/open-database.js'

const [dataDirectory = ''] = process.argv.slice(2)
try {
  await openDatabase({ url: undefined, dataDirectory })
  process.stdout.write('open\n')
  setInterval(() => undefined, 1000)
} catch (error) {
  process.stdout.write(`${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}\n`)
}
