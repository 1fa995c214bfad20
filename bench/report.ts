import type { CartSize } from './cart-sizes.js'
import type { Comparison, StepStatements } from './compare.js'

/** Everything that one run found out. */
export interface Report {
  readonly machine: string
  readonly flows: readonly FlowReport[]
  readonly floorStatements: readonly StepStatements[]
  readonly lines: readonly CartSize[]
}

export interface FlowReport {
  readonly dialect: string
  readonly statements: readonly StepStatements[]
  readonly comparisons: readonly Comparison[]
}

/** Statements of all steps, without begin and commit. */
export function totalStatements(steps: readonly StepStatements[]): number {
  return steps.reduce((sum, step) => sum + step.statements, 0)
}

/** The form of `--json`: figures by dialect and number of shoppers, milliseconds per cart write by lines. */
export function reportAsJson(report: Report): string {
  const flows = Object.fromEntries(
    report.flows.map(flow => [
      flow.dialect,
      Object.fromEntries(flow.comparisons.map(comparison => [comparison.shoppers, figures(flow, comparison)])),
    ]),
  )
  const lines = Object.fromEntries(report.lines.map(size => [size.lines, rounded(size.milliseconds)]))
  return `${JSON.stringify({ flows, lines }, null, 2)}\n`
}

function figures(flow: FlowReport, comparison: Comparison): Readonly<Record<string, number>> {
  return {
    perSecond: rounded(comparison.ours.perSecond),
    ratioToFloor: rounded(comparison.ratioToFloor),
    statementsPerCheckout: totalStatements(flow.statements),
    cpuMsPerCheckout: rounded(comparison.cpuMsPerCheckout),
    ...(comparison.databaseCpuMsPerCheckout === undefined
      ? {}
      : { databaseCpuMsPerCheckout: rounded(comparison.databaseCpuMsPerCheckout) }),
    p50Ms: rounded(comparison.ours.whole.p50),
    p95Ms: rounded(comparison.ours.whole.p95),
    p99Ms: rounded(comparison.ours.whole.p99),
  }
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000
}

/** The tables that a person reads, as Markdown, so that they can be put into docs/performance.md as they are. */
export function reportAsText(report: Report): string {
  return [
    report.machine,
    ...report.flows.flatMap(flow => flowTables(flow, report.floorStatements)),
    ...(report.lines.length === 0 ? [] : cartSizeTable(report.lines)),
  ].join('\n')
}

function flowTables(flow: FlowReport, floorStatements: readonly StepStatements[]): readonly string[] {
  const whole = flow.comparisons.map(each => [
    String(each.shoppers),
    each.ours.perSecond.toFixed(1),
    each.floor.perSecond.toFixed(1),
    `${(each.ratioToFloor * 100).toFixed(1)} %`,
    each.ours.whole.p50.toFixed(1),
    each.ours.whole.p95.toFixed(1),
    each.ours.whole.p99.toFixed(1),
    each.cpuMsPerCheckout.toFixed(1),
    each.databaseCpuMsPerCheckout?.toFixed(1) ?? '-',
    each.memoryMebibytes.toFixed(0),
    `${(each.ours.clientBusy * 100).toFixed(0)} %`,
  ])
  const columns = [
    'shoppers',
    'checkouts/s',
    'floor/s',
    'ratio',
    'p50 ms',
    'p95 ms',
    'p99 ms',
    'CPU ms',
    'of database',
    'MiB',
    'client busy',
  ]
  return [
    '',
    `### ${flow.dialect}: whole guest checkout`,
    '',
    ...table(columns, whole),
    '',
    ...stepTable(flow),
    '',
    floorLine(flow, floorStatements),
  ]
}

function stepTable(flow: FlowReport): readonly string[] {
  const columns = [
    'step',
    'statements',
    'begin/commit',
    ...flow.comparisons.flatMap(each => ['p50', 'p95', 'p99'].map(name => `${name} @${each.shoppers}`)),
  ]
  const rows = flow.statements.map((step, index) => [
    step.name,
    String(step.statements),
    String(step.transactionControl),
    ...flow.comparisons.flatMap(({ ours }) => {
      const times = ours.steps[index]?.times
      return [times?.p50, times?.p95, times?.p99].map(value => (value ?? 0).toFixed(1))
    }),
  ])
  return table(columns, rows)
}

function floorLine(flow: FlowReport, floorStatements: readonly StepStatements[]): string {
  return `Statements per checkout: ${totalStatements(flow.statements)}, floor ${totalStatements(floorStatements)}.`
}

function cartSizeTable(lines: readonly CartSize[]): readonly string[] {
  const ten = lines.find(size => size.lines === 10)?.milliseconds
  const rows = lines.map(size => [
    String(size.lines),
    size.milliseconds.toFixed(2),
    ten === undefined ? '-' : `${(size.milliseconds / ten).toFixed(2)} x`,
  ])
  return ['', '### One write to a cart', '', ...table(['lines', 'ms', 'against 10 lines'], rows)]
}

/** A Markdown table whose columns line up in a terminal as well. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map(row => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`
  return [line(head), rule, ...rows.map(line)]
}
