import { ErrorCode, type Installation } from '@slack/oauth';
import { StoreKeyError, StoreUnavailable } from '../../assistant/assistant-error.ts';
import type { InstallPage } from './install-pages.ts';

/** What the browser shows at the end of an installation. */
export interface InstallOutcome {
  readonly status: number;
  readonly page: InstallPage;
}

/** The installation stands. */
export function installed({ team, enterprise, appId, isEnterpriseInstall }: Installation): InstallOutcome {
  const title = 'Dockproof is installed';
  if (isEnterpriseInstall === true) {
    const text = `It is installed for ${enterprise?.name ?? 'the organisation'}. In Slack's admin pages, add it to the workspaces that should use it.`;
    return { status: 200, page: { title, text, link: null } };
  }
  const text = `It is in ${team?.name ?? 'your workspace'} now. Write to it, mention it in a channel that you have invited it to, or use /docker.`;
  const query = new URLSearchParams({ team: team?.id ?? '', ...(appId === undefined ? {} : { app: appId }) });
  return {
    status: 200,
    page: { title, text, link: { address: `https://slack.com/app_redirect?${query}`, label: 'Open Slack' } },
  };
}

/**
 * Nothing was installed; says why and what to do.
 * @param again where an installation begins
 */
export function notInstalled(error: Error & { readonly code?: string }, again: string): InstallOutcome {
  const page = (text: string) => ({
    title: 'Dockproof was not installed',
    text,
    link: { address: again, label: 'Try again' },
  });
  if (error instanceof StoreKeyError || error instanceof StoreUnavailable)
    return {
      status: 500,
      page: page('It could not keep the access that Slack gave. Tell whoever runs Dockproof: its log says why.'),
    };
  switch (error.code) {
    case ErrorCode.AuthorizationError:
      return { status: 403, page: page('It was not allowed in Slack, so nothing has changed.') };
    case ErrorCode.InvalidStateError:
    case ErrorCode.MissingStateError:
    case ErrorCode.MissingCodeError:
      return {
        status: 400,
        page: page('This link was used before, is older than ten minutes, or belongs to another browser.'),
      };
    default:
      return {
        status: 502,
        page: page(
          'Slack did not confirm it. Try again; if it stays so, tell whoever runs Dockproof: its log says why.',
        ),
      };
  }
}
