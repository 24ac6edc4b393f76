/**
 * Finds what `#fragment` can name on a page of Markdown: headings, ids given by hand, and named anchors.
 * Headings get ids as Hugo gives them (https://gohugo.io/configuration/markup/#autoheadingidtype, "github").
 */
export function anchorsOf(markdown: string): Set<string> {
  const anchors = new Set<string>();
  const prose = markdown.replace(/^( *)(```|~~~)[\s\S]*?^\1\2/gm, '');
  for (const [, title = ''] of prose.matchAll(/^#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$/gm)) {
    const given = /\{[^}]*#([\w-]+)[^}]*\}\s*$/.exec(title)?.[1];
    addUnique(anchors, given ?? slugOf(title));
  }
  for (const [, id = ''] of prose.matchAll(/\b(?:id|name)="([^"]+)"/g)) anchors.add(id);
  return anchors;
}

function slugOf(title: string): string {
  return title
    .replace(/<[^>]*>/g, '')
    .replace(/\{[^}]*\}\s*$/, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

function addUnique(anchors: Set<string>, id: string): void {
  let unique = id;
  for (let count = 1; anchors.has(unique); count++) unique = `${id}-${count}`;
  anchors.add(unique);
}
