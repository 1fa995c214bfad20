import { readdir, readFile } from 'node:fs/promises'

/** Clock ticks per second that Linux counts processor time in; it has been 100 on every machine for decades. */
const ticksPerSecond = 100

/** One line of `/proc/<pid>/stat`. Source: proc(5). */
interface Stat {
  readonly parent: string
  /** User and system time, ticks. */
  readonly own: number
  /** Of children that ended and were waited for. */
  readonly ofEnded: number
}

/**
 * User and system time of a process and of its children, those that ended too.
 *
 * @returns seconds; undefined where the system has no `/proc`
 */
export async function cpuSecondsOfFamily(pid: string): Promise<number | undefined> {
  const head = await readStat(pid)
  if (head === undefined) return undefined
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name))
  const children = (await Promise.all(pids.map(readStat))).filter(stat => stat?.parent === pid)
  const ticks = children.reduce((sum, stat) => sum + (stat?.own ?? 0), head.own + head.ofEnded)
  return ticks / ticksPerSecond
}

async function readStat(pid: string): Promise<Stat | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  // The name, in parentheses, may hold anything; what follows it is separated by blanks.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const ticks = (...at: readonly number[]): number => at.reduce((sum, index) => sum + Number(fields[index]), 0)
  return { parent: fields[1] ?? '', own: ticks(11, 12), ofEnded: ticks(13, 14) }
}
