import type { Picture } from './drawing/to-svg.ts';

/** A picture of an idea, which entries name by its id. */
export interface Figure extends Picture {
  /** The file's name without `.ts`. */
  readonly id: string;
}
