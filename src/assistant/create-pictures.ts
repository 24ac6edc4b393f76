import type { Picture } from '../figures/drawing/to-svg.ts';
import type { ImageStack } from '../figures/image-stack.ts';
import type { LayerReport } from './layers.ts';
import type { DrawnPicture, Pictures } from './pictures.ts';

/** Makes the part of the assistant that draws. What draws is loaded with the first picture: answers go without. */
export function createPictures(): Pictures {
  return {
    async figure(id) {
      const { ideas, loadFigure } = await import('../figures/find-figures.ts');
      return drawn(await loadFigure(ideas, id));
    },
    async lifeLines(run) {
      const { drawLifeLines } = await import('../figures/life-lines.ts');
      return drawn(drawLifeLines(run));
    },
    async imageStack(report) {
      const { drawImageStack } = await import('../figures/image-stack.ts');
      return toDrawn(drawImageStack(stackOf(report)));
    },
  };
}

/** Sizes of one kind: unpacked where the report has them. */
function stackOf({ image, sizes, layers, files }: LayerReport): ImageStack {
  const hiddenIn = new Map(files?.layers.map(({ layer, hidden }) => [layer, hidden]));
  return {
    image,
    sizes: sizes === 'compressed' ? 'compressed' : 'unpacked',
    layers: layers
      .filter(({ empty }) => !empty)
      .map((row) => ({
        instruction: row.instruction,
        bytes: row.unpacked ?? row.compressed ?? 0,
        hidden: hiddenIn.get(row.number ?? 0) ?? null,
        base: row.base === true,
      })),
  };
}

function drawn(picture: Picture | null): DrawnPicture | null {
  return picture === null ? null : toDrawn(picture);
}

function toDrawn(picture: Picture): DrawnPicture {
  const svg: DrawnPicture['svg'] = async (theme) => {
    const { toSvg } = await import('../figures/drawing/to-svg.ts');
    return toSvg(picture, theme);
  };
  return {
    title: picture.title,
    alt: picture.alt,
    svg,
    async png(theme) {
      const { toPng } = await import('../figures/to-png.ts');
      return toPng(await svg(theme));
    },
  };
}
