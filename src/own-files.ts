/**
 * Where a file of this package is, whether the program runs from its sources (`src/`) or as built (`dist/`). Both have this
 * module at their top: a build puts many modules into one file there, so no other module may go by its own place.
 *
 * @param path  from `src/` or `dist/`: `storage/migrations/`, `../package.json`
 */
export function ownFile(path: string): URL {
  return new URL(path, import.meta.url)
}
