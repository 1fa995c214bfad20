import type { Log } from './operations/deps.js'

/** Work that is done again and again beside the requests. */
export interface Background {
  /** Starts no more, and waits for what is under way. */
  stop(): Promise<void>
}

/**
 * Runs `task` every `milliseconds`, counted from the end of the run before, so that runs never overlap. A run that fails
 * is logged, and the next one comes as usual.
 */
export function repeat(name: string, milliseconds: number, task: () => Promise<void>, log: Log): Background {
  const state: { isStopped: boolean; running: Promise<void>; timer: NodeJS.Timeout | undefined } = {
    isStopped: false,
    running: Promise.resolve(),
    timer: undefined,
  }
  const run = async (): Promise<void> => {
    try {
      await task()
    } catch (error) {
      log.warn({ task: name, err: error }, 'a task in the background failed; it is tried again')
    }
    if (!state.isStopped) schedule()
  }
  const schedule = (): void => {
    state.timer = setTimeout(() => {
      state.running = run()
    }, milliseconds)
    state.timer.unref()
  }
  schedule()
  return {
    async stop() {
      state.isStopped = true
      clearTimeout(state.timer)
      await state.running
    },
  }
}
