import { connect, type Socket } from 'node:net'

/** Sends bytes as they are and returns everything that comes back until the server closes the connection. */
export function rawExchange(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const received: Buffer[] = []
    const socket = openSocket(port)
    socket.on('data', chunk => received.push(chunk))
    socket.on('error', error => (received.length > 0 ? undefined : reject(error)))
    socket.on('close', () => resolve(Buffer.concat(received).toString('latin1')))
    socket.write(bytes)
  })
}

/** A connection that the test writes to piece by piece. */
export function openSocket(port: number): Socket {
  return connect(port, '127.0.0.1')
}

/** Resolves with what came in until `isEnough` says so. */
export function readUntil(socket: Socket, isEnough: (text: string) => boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    socket.on('error', reject)
    socket.on('close', () => resolve(text))
    socket.on('data', chunk => {
      text += chunk.toString('latin1')
      if (isEnough(text)) resolve(text)
    })
  })
}
