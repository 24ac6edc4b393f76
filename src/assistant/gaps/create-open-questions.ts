import type { Store } from '../../store/store.ts';
import type { Knowledge } from '../knowledge.ts';
import type { GapScope, OpenQuestions } from '../open-questions.ts';
import { dismissGroup, reportGaps } from './gap-report.ts';
import { postWeekly } from './weekly-report.ts';

/** Makes what tells of open questions. */
export function createOpenQuestions(
  knowledge: () => Knowledge,
  store: () => Promise<Pick<Store, 'gaps' | 'votes' | 'digests' | 'helpRequests'>>,
): OpenQuestions {
  const report = async (scope: GapScope) => reportGaps(await store(), scope, knowledge().matcher.terms);
  return {
    report,
    dismiss: async (scope, group) => dismissGroup(await store(), scope, knowledge().matcher.terms, group),
    async draft(clusters) {
      // What writes YAML takes a while to load, and nearly nobody drafts.
      const { draftEntries } = await import('./draft-entry.ts');
      return draftEntries(clusters, knowledge());
    },
    postWeekly: async (team, now, way) => postWeekly(await store(), report, { team, now }, way),
  };
}
