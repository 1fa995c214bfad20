import type { CartQueue } from './deps.js'

/** A queue per key, in this process. A task that fails does not stop the ones behind it. */
export function createCartQueue(): CartQueue {
  const last = new Map<string, Promise<unknown>>()
  return {
    async run<T>(key: string, task: () => Promise<T>): Promise<T> {
      const before = last.get(key)
      const mine = before === undefined ? task() : before.then(task, task)
      last.set(key, mine)
      try {
        return await mine
      } finally {
        if (last.get(key) === mine) last.delete(key)
      }
    },
  }
}
