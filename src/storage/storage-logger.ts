/** Where storage says what an operator should know; pino's loggers fit. */
export interface StorageLogger {
  info(message: string): void
  warn(message: string): void
}

/** Says nothing. */
export const silentLogger: StorageLogger = { info: () => undefined, warn: () => undefined }
