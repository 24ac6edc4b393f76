import type { RichTextList } from '@slack/types';
import type { Tokens } from 'marked';
import { plainText } from '../../knowledge/plain-text.ts';
import { slackLimits } from './limits.ts';
import { isList } from './markdown-tokens.ts';
import { literal, toRichText } from './rich-text.ts';
import { shorten } from './slack-text.ts';

/**
 * Converts a list with its nested lists, each to a list of its own with a deeper indent, the way Slack wants them. A
 * long list becomes several, so that blocks stay small.
 */
export function toLists(list: Tokens.List, indent: number): RichTextList[] {
  const lists: RichTextList[] = [];
  const first = typeof list.start === 'number' ? list.start - 1 : 0;
  for (const [index, item] of list.items.entries()) {
    const section = itemSection(item);
    const open = lists.at(-1);
    const size = JSON.stringify([open, section]).length;
    if (open?.indent === indent && size <= slackLimits.blockJson / 2) open.elements.push(section);
    else
      lists.push({
        type: 'rich_text_list',
        style: list.ordered ? 'ordered' : 'bullet',
        indent,
        ...(first + index > 0 && list.ordered ? { offset: first + index } : {}),
        elements: [section],
      });
    const deeper = Math.min(indent + 1, slackLimits.listIndent);
    for (const nested of item.tokens.filter(isList)) lists.push(...toLists(nested, deeper));
  }
  return lists;
}

/** Slack allows no code block within a list, so code in an item becomes code in its line. */
function itemSection(item: Tokens.ListItem): RichTextList['elements'][number] {
  const inline = item.tokens.filter((token) => !isList(token) && token.type !== 'space');
  const elements = inline.flatMap((token, index) =>
    token.type === 'code'
      ? [literal(`\n${token.text}`, { code: true })]
      : [...(index > 0 && token.type === 'paragraph' ? [literal('\n')] : []), ...toRichText([token])],
  );
  if (elements.length === 0) return { type: 'rich_text_section', elements: [literal(' ')] };
  const whole = { type: 'rich_text_section' as const, elements };
  if (JSON.stringify(whole).length <= slackLimits.blockJson / 2) return whole;
  return { type: 'rich_text_section', elements: [literal(shorten(plainText(inline), slackLimits.elementText))] };
}
