import { palettes, type Theme } from './palette.ts';
import { createPen, escapeMarkup, type Mark, type Pen } from './pen.ts';
import { wrapText } from './text-width.ts';

/** How wide every figure is, in pixels: as a thread in Slack shows it. */
export const figureWidth = 480;
/** What is left free at each side. */
export const margin = 20;

const titleLettering = { size: 17, bold: true };
const titleLine = 24;

/** A picture without its colours. */
export interface Picture {
  readonly title: string;
  /** What it tells, for whoever does not see it. */
  readonly alt: string;
  /** Draws what stands below the title, from `top` on. @returns the marks, and where the lowest ends, in pixels */
  draw(pen: Pen, top: number): { readonly marks: readonly Mark[]; readonly bottom: number };
}

/** Draws a picture as a whole SVG document that needs nothing else: no style sheet, no script, no font but by name. */
export function toSvg(picture: Picture, theme: Theme): string {
  const palette = palettes[theme];
  const pen = createPen(palette);
  const lines = wrapText(picture.title, figureWidth - 2 * margin, titleLettering);
  const title = lines.map((line, index) => pen.text(margin, 26 + index * titleLine, line, titleLettering));
  const { marks, bottom } = picture.draw(pen, 26 + lines.length * titleLine);
  const height = Math.ceil(bottom + margin);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${figureWidth}" height="${height}" viewBox="0 0 ${figureWidth} ${height}" role="img" aria-label="${escapeMarkup(picture.alt)}">`,
    `<title>${escapeMarkup(picture.title)}</title><desc>${escapeMarkup(picture.alt)}</desc>`,
    `<defs>${Object.entries(palette).map(hatch).join('')}</defs>`,
    `<rect width="${figureWidth}" height="${height}" fill="${palette.ground}"/>`,
    ...title,
    ...marks,
    '</svg>',
    '',
  ].join('\n');
}

function hatch([name, colour]: readonly [name: string, colour: string]): Mark {
  const size = 'width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"';
  return `<pattern id="hatch-${name}" ${size}><path d="M0 0V8" stroke="${colour}" stroke-width="3" stroke-opacity="0.55"/></pattern>`;
}
