import type { SqlParameter } from './sql.js'

/** Conditions of a query that are put together as they are wanted; `where` and `parameters` belong together. */
export interface QueryParts {
  /** Adds a condition on a parameter, which it names by its place. */
  require(condition: (place: string) => string, parameter: SqlParameter): void
  /** As `require`, where the parameter is wanted. */
  requireIf(condition: (place: string) => string, parameter: SqlParameter | undefined): void
  /** One of these must hold, each with all conditions that it adds itself; none: nothing holds. */
  requireAny(alternatives: readonly ((parts: QueryParts) => void)[]): void
  where(): string
  parameters(): readonly SqlParameter[]
}

export function queryParts(): QueryParts {
  return partsOver([])
}

function partsOver(values: SqlParameter[]): QueryParts {
  const conditions: string[] = ['true']
  const require: QueryParts['require'] = (condition, parameter) => {
    values.push(parameter)
    conditions.push(condition(`$${values.length.toString()}`))
  }
  return {
    require,
    requireIf: (condition, parameter) => {
      if (parameter !== undefined) require(condition, parameter)
    },
    requireAny: alternatives => {
      const wheres = alternatives.map(define => {
        const inner = partsOver(values)
        define(inner)
        return `(${inner.where()})`
      })
      conditions.push(wheres.length === 0 ? 'false' : `(${wheres.join(' or ')})`)
    },
    where: () => conditions.join(' and '),
    parameters: () => values,
  }
}
