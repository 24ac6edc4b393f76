import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';

const fontFiles = [
  '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf',
  '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf',
  '@expo-google-fonts/jetbrains-mono/400Regular/JetBrainsMono_400Regular.ttf',
].map((file) => fileURLToPath(import.meta.resolve(file)));

/** A text of a drawing, with where its letters really are, in pixels. */
export interface DrawnText {
  readonly text: string;
  readonly left: number;
  readonly right: number;
}

/** Measures every text of a drawing by the fonts that it is drawn with. */
export function drawnTexts(svg: string): DrawnText[] {
  return [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([markup, text = '']) => {
    const alone = `<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="2000">${markup}</svg>`;
    const box = new Resvg(alone, { font: { loadSystemFonts: false, fontFiles, defaultFontFamily: 'Inter' } }).getBBox();
    return { text, left: box?.x ?? 0, right: (box?.x ?? 0) + (box?.width ?? 0) };
  });
}
