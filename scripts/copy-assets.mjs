// Copies what tsc leaves behind (SQL, pages, styles, pictures, data) from src to dist, paths kept.
import { cp, mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))
const wanted = /\.(sql|html|css|svg|json)$/
const files = (await readdir(path.join(root, 'src'), { recursive: true })).filter(file => wanted.test(file))
// A migration that is no longer in the sources must not be applied from the build.
await rm(path.join(root, 'dist/storage/migrations'), { recursive: true, force: true })
for (const file of files) {
  const target = path.join(root, 'dist', file)
  await mkdir(path.dirname(target), { recursive: true })
  await cp(path.join(root, 'src', file), target)
}
