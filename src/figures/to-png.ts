import { fileURLToPath } from 'node:url';
import { renderAsync } from '@resvg/resvg-js';
import { figureWidth } from './drawing/to-svg.ts';

/** Pixels of the image for one of the drawing, so that it stays sharp on fine screens. */
const density = 2;

const fonts = [
  import.meta.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
  import.meta.resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'),
  import.meta.resolve('@expo-google-fonts/jetbrains-mono/400Regular/JetBrainsMono_400Regular.ttf'),
];

/**
 * Turns a drawing into a PNG, twice as wide as the drawing, in a thread of the library's own. Its fonts ship with the
 * program: what the machine has makes no difference.
 * @throws the library's error for what is no SVG
 */
export async function toPng(svg: string): Promise<Buffer> {
  const image = await renderAsync(svg, {
    fitTo: { mode: 'width', value: figureWidth * density },
    font: {
      loadSystemFonts: false,
      fontFiles: fonts.map((font) => fileURLToPath(font)),
      defaultFontFamily: 'Inter',
    },
  });
  return Buffer.from(image.asPng());
}
