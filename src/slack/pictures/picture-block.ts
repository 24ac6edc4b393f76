import type { KnownBlock } from '@slack/types';
import { shorten } from '../blocks/slack-text.ts';
import type { UploadedPicture } from './picture-files.ts';

/** Slack's limit for what an image tells in words. */
const longestAlt = 2000;

/** Shows a picture that the workspace has. */
export function pictureBlock({ file, alt }: UploadedPicture): KnownBlock {
  return { type: 'image', slack_file: { id: file }, alt_text: shorten(alt, longestAlt) };
}
