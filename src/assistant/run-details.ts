import { z } from 'zod';
import { type ReceiptRow, receiptRows } from './receipt-text.ts';
import type { Report, Step, TestedClaim } from './report.ts';

/** What a card leaves out, and shows on request: kept with the run, so that it outlives the process. */
export interface RunDetails {
  readonly demo: string;
  readonly title: string;
  /** Each step with its commands and what they printed. */
  readonly steps: readonly Step[];
  readonly claims: readonly TestedClaim[];
  readonly receipt: readonly ReceiptRow[];
  /** Plain `docker` commands that give the same outcome; empty for a run that broke off. */
  readonly script: string;
}

const life = z.object({
  kind: z.enum(['container', 'image', 'tag', 'volume', 'network']),
  name: z.string(),
  event: z.enum(['made', 'started', 'ended', 'removed', 'wrote', 'read', 'missed']),
  by: z.string().optional(),
});

const detailsSchema = z.object({
  demo: z.string(),
  title: z.string(),
  steps: z.array(
    z.object({
      title: z.string(),
      command: z.string(),
      output: z.string(),
      ms: z.number(),
      lives: z.array(life).default([]),
    }),
  ),
  claims: z.array(
    z.object({
      id: z.string(),
      text: z.string(),
      predicted: z.string(),
      observed: z.string(),
      held: z.boolean().nullable(),
    }),
  ),
  receipt: z.array(z.object({ name: z.string(), value: z.string() })),
  script: z.string(),
});

/** The details of a finished run. */
export function toDetails(report: Report): RunDetails {
  const { demo, title, steps, claims, script } = report;
  return { demo, title, steps, claims, receipt: receiptRows(report), script };
}

/** Reads details that were kept. @returns null for those that another version kept otherwise */
export function readDetails(kept: object | null): RunDetails | null {
  return detailsSchema.safeParse(kept).data ?? null;
}
