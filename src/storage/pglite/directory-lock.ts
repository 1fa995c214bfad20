import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'

/** Who holds a data directory. */
interface Holder {
  readonly pid: number
  readonly host: string
  /** When the process began, as the system counts it: tells a process from a later one with the same pid. */
  readonly began: string | undefined
  readonly since: string
}

/** The data directory is in use by a process that is alive, or by one that cannot be asked. */
export class DirectoryLocked extends Error {
  override readonly name = 'DirectoryLocked'
}

const heldHere = new Set<string>()

/**
 * Takes a data directory for this process alone: two processes on one PGlite directory lose data without an error.
 * A lock that a dead process on this host left behind is taken over.
 *
 * @returns lets go of it again
 * @throws DirectoryLocked with who holds it
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const file = path.join(path.resolve(directory), 'lock')
  if (heldHere.has(file)) throw new DirectoryLocked(`${directory} is already open in this process`)
  heldHere.add(file)
  try {
    await acquire(file, directory)
  } catch (error) {
    heldHere.delete(file)
    throw error
  }
  const removeNow = () => rmSync(file, { force: true })
  process.once('exit', removeNow)
  return async () => {
    process.removeListener('exit', removeNow)
    await rm(file, { force: true })
    heldHere.delete(file)
  }
}

async function acquire(file: string, directory: string): Promise<void> {
  const own = `${file}.${randomUUID()}`
  const holder: Holder = {
    pid: process.pid,
    host: hostname(),
    began: await readBeginning(process.pid),
    since: new Date().toISOString(),
  }
  const text = `${JSON.stringify(holder)}\n`
  await writeFile(own, text, { flag: 'wx' })
  try {
    // A link appears whole or not at all, so nobody ever reads half a lock.
    while (!(await linked(own, file))) await removeStale(file, directory)
    if ((await readFile(file, 'utf8')) !== text) throw new DirectoryLocked(`${directory} was taken at the same moment`)
  } finally {
    await rm(own, { force: true })
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  }
}

async function removeStale(file: string, directory: string): Promise<void> {
  const text = await readIfPresent(file)
  if (text === undefined) return
  const holder = parseHolder(text)
  if (holder === undefined || (await mayBeAlive(holder))) {
    throw new DirectoryLocked(
      holder === undefined
        ? `${directory} is locked by the unreadable file ${file}; remove it if no polytill process uses the directory`
        : `${directory} is in use by process ${holder.pid} on ${holder.host} since ${holder.since}. ` +
            `Stop it, or give this one another directory. If that process is gone for certain, remove ${file}.`,
    )
  }
  const aside = `${file}.${randomUUID()}`
  await rename(file, aside).catch(error => {
    if (!isCode(error, 'ENOENT')) throw error
  })
  // Another process may have replaced the stale lock in between: then it is that one's, and goes back.
  if ((await readIfPresent(aside)) !== text) await linked(aside, file).catch(() => false)
  await rm(aside, { force: true })
}

async function mayBeAlive(holder: Holder): Promise<boolean> {
  if (holder.host !== hostname()) return true
  // This process does not hold it (it would know): an earlier one had the same pid, as in a restarted container.
  if (holder.pid === process.pid) return false
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    return !isCode(error, 'ESRCH')
  }
  const began = await readBeginning(holder.pid)
  return holder.began === undefined || began === undefined || began === holder.began
}

/** Boot and start time of a process on Linux; undefined elsewhere. */
async function readBeginning(pid: number): Promise<string | undefined> {
  const stat = await readIfPresent(`/proc/${pid}/stat`)
  const boot = await readIfPresent('/proc/sys/kernel/random/boot_id')
  // The second field is the program's name in parentheses, which may hold spaces; the start time is the 22nd.
  const started = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  return started === undefined || boot === undefined ? undefined : `${boot.trim()} ${started}`
}

async function readIfPresent(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    return undefined
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const value: Partial<Holder> = JSON.parse(text)
    const { pid, host, began, since } = value
    if (typeof pid !== 'number' || typeof host !== 'string' || typeof since !== 'string') return undefined
    return { pid, host, began, since }
  } catch {
    return undefined
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
