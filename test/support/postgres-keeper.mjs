// Keeps one PostgreSQL server for as long as the process that started this one lives: when standard input ends, for
// whatever reason, the server is stopped and its directory removed.
// Arguments: user id, group id (both -1: as it is), directory to remove, program, its arguments.
import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'

const [userId, groupId, directory, program, ...programArguments] = process.argv.slice(2)
const owner = userId === '-1' ? {} : { uid: Number(userId), gid: Number(groupId) }
const server = spawn(String(program), programArguments, {
  ...owner,
  stdio: ['ignore', 'ignore', 'inherit'],
  env: { ...process.env, LC_ALL: 'C' },
})

function stop() {
  server.kill('SIGINT')
}

server.on('exit', () => {
  rmSync(String(directory), { recursive: true, force: true })
  process.exit(0)
})
process.stdin.on('end', stop)
process.stdin.on('close', stop)
process.stdin.resume()
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
