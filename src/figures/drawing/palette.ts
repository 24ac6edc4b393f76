/** The colours of a figure on one ground. Meaning never rests on them alone: what differs in colour differs in words too. */
export interface Palette {
  readonly ground: string;
  readonly panel: string;
  readonly line: string;
  readonly ink: string;
  readonly muted: string;
  /** What a thing is: an image or what it holds, a container, what is kept, what goes, anything else. */
  readonly image: string;
  readonly container: string;
  readonly kept: string;
  readonly gone: string;
  readonly other: string;
}

/** On what ground a figure is drawn. */
export type Theme = 'light' | 'dark';

/**
 * The hues are those of Okabe and Ito, which people with any kind of colour blindness tell apart
 * (https://jfly.uni-koeln.de/color/), darker on white and lighter on black, so that text in them has a contrast of 4.5 to 1.
 */
export const palettes: Readonly<Record<Theme, Palette>> = {
  light: {
    ground: '#ffffff',
    panel: '#f3f5f8',
    line: '#b9c2ce',
    ink: '#17202b',
    muted: '#566273',
    image: '#0067a5',
    container: '#8a5a00',
    kept: '#00704f',
    gone: '#b84300',
    other: '#9a4678',
  },
  dark: {
    ground: '#11161d',
    panel: '#1b232d',
    line: '#465260',
    ink: '#ecf1f7',
    muted: '#a3b0bf',
    image: '#62bcf2',
    container: '#f0b03f',
    kept: '#3ccf9f',
    gone: '#ff8f5e',
    other: '#e3a0c5',
  },
};
