import { indexRoutes } from '../src/cli/route-index.js'
import { whereLines } from '../src/cli/where.js'
import { dialects } from '../src/dialects/index.js'

/** `npm run where <word>`: method, path, handler file, operation and test of every endpoint that has the word in it. */
const word = process.argv[2] ?? ''
const lines = whereLines(indexRoutes(dialects, process.cwd()), word)
console.log(lines.length > 0 ? lines.join('\n') : `No endpoint has "${word}" in its path, handler or operation.`)
process.exitCode = lines.length > 0 ? 0 : 1
