import type { Demo } from '../../demos/catalogue/demo.ts';
import type { DemoSummary } from '../assistant.ts';

/** A demo as menus list it. */
export function summarise({ id, title, question, steps, claims }: Demo): DemoSummary {
  return { id, title, question, steps: Object.values(steps), claims };
}
