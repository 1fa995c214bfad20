import cluster from 'node:cluster'
import { pino } from 'pino'
import { scrub, scrubText } from './scrub.js'

type Write = (fields: Readonly<Record<string, unknown>>, message: string) => void

/** Structured lines, one JSON object each. Request and response bodies never go in. */
export interface Log {
  readonly debug: Write
  readonly info: Write
  readonly warn: Write
  readonly error: Write
}

/** Where lines go; each call is one whole line. */
export interface LogDestination {
  write(line: string): void
}

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/**
 * A log on standard output (or `destination`) in which no card number, token, e-mail address or postal address appears:
 * every field and message passes `scrub`.
 */
export function createLog(options: { readonly level: LogLevel; readonly destination?: LogDestination }): Log {
  const settings = {
    level: options.level,
    // which of several processes it is
    base: cluster.worker === undefined ? null : { process: cluster.worker.id },
    timestamp: pino.stdTimeFunctions.isoTime,
    // errors are plain by then
    serializers: { err: (error: unknown) => error },
  }
  const logger = options.destination ? pino(settings, options.destination) : pino(settings)
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error'): Write =>
    (fields, message) => {
      if (logger.isLevelEnabled(level)) logger[level](scrub(fields), scrubText(message))
    }
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
}
