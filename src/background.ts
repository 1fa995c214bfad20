import type { Log } from './operations/deps.js'

/** Work that is done again and again beside the requests. */
export interface Background {
  /** Starts no more, and waits for what is under way. */
  stop(): Promise<void>
}

/**
 * Runs `task` every `milliseconds`, counted from the end of the run before, so that runs never overlap. A run that fails
 * is logged, and the next one comes as usual. `signal` aborts when no more is wanted.
 */
export function repeat(
  name: string,
  milliseconds: number,
  task: (signal: AbortSignal) => Promise<void>,
  log: Log,
): Background {
  const stopping = new AbortController()
  const state: { running: Promise<void>; timer: NodeJS.Timeout | undefined } = {
    running: Promise.resolve(),
    timer: undefined,
  }
  const run = async (): Promise<void> => {
    try {
      await task(stopping.signal)
    } catch (error) {
      log.warn({ task: name, err: error }, 'a task in the background failed; it is tried again')
    }
    if (!stopping.signal.aborted) schedule()
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
      stopping.abort()
      clearTimeout(state.timer)
      await state.running
    },
  }
}
