import { expect } from 'vitest'
import type { TestAnswer } from '../../support/test-server.js'
import { specFaults } from './spec.js'

/** The answer is what the published descriptions say of it, where they are there; see `spec-differences.ts`. */
export function expectAsDescribed(method: string, path: string, answer: TestAnswer): void {
  const body = answer.text === '' ? undefined : answer.json
  expect(specFaults(method, path, answer.status, body), `${method} ${path} ${answer.status.toString()}`).toEqual([])
}
