// Loaded with `node --import` into a server over the embedded database. Looks at the statements that go to the database's
// thread, and ends the process at the first one that the file KILL_FILE names, by its name or the beginning of its text
// (`before order_place`, `after commit`), or at a later one of that name (`before 2. order_settle`).
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'

const file = process.env.KILL_FILE ?? ''
const { postMessage, emit } = Worker.prototype
/** @type {number | undefined} */
let awaited
let seen = 0

/** @param {string} point */
function die(point) {
  writeFileSync(`${file}.hit`, point)
  process.kill(process.pid, 'SIGKILL')
}

/**
 * @this {Worker}
 * @param {{ readonly kind?: string, readonly name?: string, readonly text?: string, readonly id?: number } | undefined} message
 * @param {...unknown} rest
 */
Worker.prototype.postMessage = function (message, ...rest) {
  if ((message?.kind === 'run' || message?.kind === 'script') && existsSync(file)) {
    const point = readFileSync(file, 'utf8')
    const [, when, count = '1', name = ''] = /^(before|after) (?:(\d+)\. )?(.+)$/.exec(point) ?? []
    if (name !== '' && String(message.name ?? message.text).startsWith(name)) seen += 1
    if (seen === Number(count)) {
      rmSync(file)
      if (when === 'before') die(point)
      awaited = message.id
    }
  }
  return Reflect.apply(postMessage, this, [message, ...rest])
}

/**
 * @this {Worker}
 * @param {string | symbol} event
 * @param {...unknown} values
 */
Worker.prototype.emit = function (event, ...values) {
  const [first] = values
  const isAnswer = event === 'message' && typeof first === 'object' && first !== null && 'id' in first
  if (isAnswer && awaited !== undefined && first.id === awaited) die('after')
  return Reflect.apply(emit, this, [event, ...values])
}
