import type { Picture } from '../figures/drawing/to-svg.ts';
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
  };
}

function drawn(picture: Picture | null): DrawnPicture | null {
  if (picture === null) return null;
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
