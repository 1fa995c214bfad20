import { connect, createServer, type Server, type Socket } from 'node:net'

/** What happens to a statement on its way to the database. */
export interface Fault {
  /** The how manieth statement from now on, from 1. */
  readonly at: number
  /** `before`: the database never hears of it; `after`: it has done it, and nobody hears of that. */
  readonly when: 'before' | 'after'
  /** What is not counted: what runs in the background. */
  readonly ignoring?: RegExp
  /** A five-character code that the statement is refused with, or something to do while it is held back for good. */
  readonly act: { readonly refuse: string } | { readonly delayMilliseconds: number } | (() => void)
}

/**
 * Stands between a server and its database and counts statements by their names, so that a process can be killed between
 * any two of them, a statement refused or slow, or the database gone. The product knows nothing of it.
 */
export interface PostgresProxy {
  readonly url: string
  arm(fault: Fault): void
  /** @returns the statement that the fault hit, if any */
  disarm(): string | undefined
  /** Ends all connections and takes no new ones. */
  cut(): void
  heal(): void
  close(): Promise<void>
}

interface Armed {
  readonly fault: Fault
  seen: number
  hit?: string
}

export async function startPostgresProxy(databaseUrl: string): Promise<PostgresProxy> {
  const target = new URL(databaseUrl)
  const state: { armed: Armed | undefined; isCut: boolean } = { armed: undefined, isCut: false }
  const sockets = new Set<Socket>()
  /** The fault, where this statement is the one that it waits for. */
  const strike = (name: string): Fault | undefined => {
    const { armed } = state
    if (armed === undefined || armed.hit !== undefined || armed.fault.ignoring?.test(name) === true) return undefined
    armed.seen += 1
    if (armed.seen !== armed.fault.at) return undefined
    armed.hit = name
    return armed.fault
  }
  const server = createServer(client => {
    if (state.isCut) {
      client.destroy()
      return
    }
    const database = connect({ host: target.hostname, port: Number(target.port) })
    for (const socket of [client, database]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        database.destroy()
      })
    }
    relay(client, database, strike)
  })
  const url = new URL(databaseUrl)
  url.port = String(await listen(server))
  const cut = () => {
    state.isCut = true
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: url.href,
    arm: fault => {
      state.armed = { fault, seen: 0 }
    },
    disarm: () => {
      const hit = state.armed?.hit
      state.armed = undefined
      return hit
    },
    cut,
    heal: () => {
      state.isCut = false
    },
    close: async () => {
      cut()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

function relay(client: Socket, database: Socket, strike: (name: string) => Fault | undefined): void {
  /** Set while the answer to the statement that was hit is on its way. */
  let afterwards: (() => void) | undefined
  const split = splitFrontend(({ bytes, statements }) => {
    const fault = statements.map(strike).find(hit => hit !== undefined)
    if (fault === undefined) {
      database.write(bytes)
      return
    }
    const { act } = fault
    if (typeof act === 'object' && 'refuse' in act) client.write(refusal(act.refuse))
    else if (typeof act === 'object') setTimeout(() => database.write(bytes), act.delayMilliseconds)
    else if (fault.when === 'before') act()
    else {
      afterwards = act
      database.write(bytes)
    }
  })
  client.on('data', split)
  let held = Buffer.alloc(0)
  database.on('data', (chunk: Buffer) => {
    if (afterwards === undefined) {
      client.write(chunk)
      return
    }
    held = Buffer.concat([held, chunk])
    if (!endsReady(held)) return
    afterwards()
  })
}

interface Unit {
  readonly bytes: Buffer
  /** Names or texts of the statements that these messages run: one, none, or those of a shared trip, which have one fate. */
  readonly statements: readonly string[]
}

/** Cuts what a client sends into units that end with Sync or a simple query; see PostgreSQL's message formats. */
function splitFrontend(take: (unit: Unit) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0)
  let isStarted = false
  let unit: Buffer[] = []
  let statements: string[] = []
  let unnamedText = ''
  return chunk => {
    rest = Buffer.concat([rest, chunk])
    for (;;) {
      const header = isStarted ? 5 : 4
      if (rest.length < header) return
      const size = rest.readInt32BE(header - 4) + header - 4
      if (rest.length < size) return
      const message = rest.subarray(0, size)
      rest = rest.subarray(size)
      if (!isStarted) {
        isStarted = true
        take({ bytes: Buffer.from(message), statements: [] })
        continue
      }
      const type = String.fromCharCode(message[0] ?? 0)
      unit.push(Buffer.from(message))
      if (type === 'P') {
        const [name = '', text = ''] = textsOf(message)
        if (name === '') unnamedText = text
      }
      if (type === 'B') statements.push(textsOf(message)[1] || unnamedText)
      if (type === 'Q') statements.push(textsOf(message)[0] ?? '')
      if (type === 'S' || type === 'Q' || type === 'p' || type === 'X') {
        take({ bytes: Buffer.concat(unit), statements: statements.map(statement => statement.slice(0, 60)) })
        unit = []
        statements = []
      }
    }
  }
}

/** The first texts of a message, each ended by a zero. */
function textsOf(message: Buffer): readonly string[] {
  return message.subarray(5).toString('utf8').split('\u0000', 2)
}

/** Whether the database's answers end with ReadyForQuery: type, length 5, status. */
function endsReady(bytes: Buffer): boolean {
  return bytes.length >= 6 && bytes[bytes.length - 6] === 0x5a && bytes.readInt32BE(bytes.length - 5) === 5
}

/** ErrorResponse with that code, and ReadyForQuery outside of a transaction. */
function refusal(code: string): Buffer {
  const fields = Buffer.from(`SERROR\u0000VERROR\u0000C${code}\u0000Mtold to fail by a test\u0000\u0000`)
  const head = Buffer.from([0x45, 0, 0, 0, 0])
  head.writeInt32BE(fields.length + 4, 1)
  return Buffer.concat([head, fields, Buffer.from([0x5a, 0, 0, 0, 5, 0x49])])
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('no port'))
      else resolve(address.port)
    })
  })
}
