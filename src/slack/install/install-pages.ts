/** What a page says. */
export interface InstallPage {
  readonly title: string;
  readonly text: string;
  /** Where to go from here. */
  readonly link: { readonly address: string; readonly label: string } | null;
}

/** Nothing may run in these pages, and nothing may frame them. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const;

/** The page that leads to Slack. */
export function beginPage(address: string): InstallPage {
  return {
    title: 'Add Dockproof to Slack',
    text: 'It answers your team’s Docker questions from a reviewed book, and proves the answers with demos on a real engine. Slack shows next what it may do.',
    link: { address, label: 'Add to Slack' },
  };
}

/** Writes a page as HTML. */
export function renderPage({ title, text, link }: InstallPage): string {
  const way = link === null ? '' : `<p><a href="${escapeHtml(link.address)}">${escapeHtml(link.label)}</a></p>\n`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>
:root { color-scheme: light dark }
body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 4rem auto; padding: 0 1rem }
a { font-weight: 600 }
</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(text)}</p>
${way}</main>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
