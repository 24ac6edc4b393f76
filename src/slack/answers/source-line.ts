import type { KnownBlock } from '@slack/types';
import { slackLimits } from '../blocks/limits.ts';
import { escapeText } from '../blocks/slack-text.ts';

/** Characters of names that fit beside each other in a narrow window. */
const lineLength = 52;

/** The sources in one line: each page by its name, as many as have room, each page once. @param sources at least one */
export function sourceLine(sources: readonly string[]): KnownBlock {
  const named = new Map<string, string>();
  for (const source of sources) if (!named.has(pageName(source))) named.set(pageName(source), source);
  const links: string[] = [];
  let length = 0;
  for (const [name, source] of named) {
    length += name.length + 3;
    if (links.length > 0 && length > lineLength) break;
    links.push(link(source, name));
  }
  return small(`Sources: ${links.join(' · ')}`);
}

/** All sources, by their addresses. @param sources at least one */
export function sourceList(sources: readonly string[]): KnownBlock {
  return small(joinWhole(sources.map((source) => link(source, source.replace(/^https:\/\//, '').replace(/\/$/, '')))));
}

/** Names a page as a reader would: the command, or the last part of its address, with the site where it is not Docker's. */
function pageName(source: string): string {
  const { hostname, pathname } = new URL(source);
  const parts = pathname.split('/').filter((part) => part !== '');
  const command = parts.indexOf('cli');
  if (hostname === 'docs.docker.com' && command >= 0 && command < parts.length - 1)
    return parts.slice(command + 1).join(' ');
  const page = wordsOf(parts).replaceAll(/[-_]+/g, ' ');
  if (hostname === 'docs.docker.com') return page || hostname;
  const site = hostname.replace(/^(www|docs|dev)\./, '');
  return page === '' ? site : `${site}: ${page}`;
}

/** The last part of an address; a number tells nothing without what it is a number of. */
function wordsOf(parts: readonly string[]): string {
  const last = (parts.at(-1) ?? '').replace(/\.[A-Za-z]\w*$/, '');
  return /^v?\d[\d.]*$/.test(last) ? parts.slice(-2, -1).concat(last).join(' ') : last;
}

function link(address: string, name: string): string {
  return `<${escapeText(address)}|${escapeText(name)}>`;
}

function small(text: string): KnownBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text }] };
}

/** Whole links only: half a link would show as broken markup. */
function joinWhole(links: readonly string[]): string {
  let text = 'Sources:';
  for (const each of links) {
    if (text.length + each.length + 3 > slackLimits.contextText) break;
    text += `${text.endsWith(':') ? ' ' : ' · '}${each}`;
  }
  return text;
}
