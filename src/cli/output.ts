import { SingleBar } from 'cli-progress'

/** Where a command prints: `process.stdout`, or what a test collects. */
export interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean
}

/** Shows how far a command is: a bar on a terminal, a plain line now and then elsewhere. */
export interface Progress {
  update(done: number, records: number): void
  stop(): void
}

/** A plain line is printed each time that this share of the whole is done, in percent. */
const PLAIN_STEP = 25

/**
 * Progress over `total` bytes.
 *
 * @param output a bar is drawn when it is a terminal and no CI runs the command
 */
export function progressOf(output: Output, total: number): Progress {
  const isTerminal = output.isTTY === true && (process.env.CI ?? '') === ''
  return isTerminal ? bar(output, total) : plain(output, total)
}

function bar(output: Output, total: number): Progress {
  const shown = new SingleBar({
    format: '{bar} {percentage} % | {records} records',
    stream: output as NodeJS.WritableStream,
    hideCursor: true,
    clearOnComplete: true,
    stopOnComplete: false,
  })
  shown.start(Math.max(total, 1), 0, { records: 0 })
  return { update: (done, records) => shown.update(done, { records }), stop: () => shown.stop() }
}

function plain(output: Output, total: number): Progress {
  let next = PLAIN_STEP
  return {
    update(done, records) {
      const percent = total === 0 ? 100 : Math.floor((done * 100) / total)
      if (percent < next || percent >= 100) return
      output.write(`read ${percent} %, ${records} records\n`)
      next = percent - (percent % PLAIN_STEP) + PLAIN_STEP
    },
    stop: () => undefined,
  }
}
