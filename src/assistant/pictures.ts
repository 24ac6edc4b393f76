import type { Theme } from '../figures/drawing/palette.ts';
import type { LayerReport } from './layers.ts';
import type { Report } from './report.ts';

export type { Theme };

/** A picture that can be shown: drawn when it is asked for. */
export interface DrawnPicture {
  readonly title: string;
  /** What it tells, for whoever does not see it. */
  readonly alt: string;
  /** A whole SVG document, 480 pixels wide, that needs nothing else. */
  svg(theme: Theme): Promise<string>;
  /** The same as a PNG, twice as wide. */
  png(theme: Theme): Promise<Buffer>;
}

/** Pictures of ideas, and of what happened. */
export interface Pictures {
  /** The figure that a reply names; null where there is none of that id. @throws FigureInvalid */
  figure(id: string): Promise<DrawnPicture | null>;
  /** The life lines of a finished run, from what it recorded or what was kept of it; null where it recorded nothing. */
  lifeLines(run: Pick<Report, 'title' | 'steps'>): Promise<DrawnPicture | null>;
  /** The stack of an image's layers; what is hidden in them where their files were read. */
  imageStack(report: LayerReport): Promise<DrawnPicture>;
}
