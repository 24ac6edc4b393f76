/** A request as it came in: an event, a command, or an interaction. */
export type Payload = Readonly<Record<string, unknown>>;

/**
 * Completes a request of something that stands in Slack's place, and sends null for what there is not, or leaves out
 * which workspace it is.
 * @param team the workspace that requests without one are of; null where there are many
 * @returns the request with each null left out
 */
export function completePayload(payload: Payload, team: string | null): Payload {
  // A null among the authorizations of an organisation is a word of its own: Bolt tells by it.
  const { authorizations, ...rest } = payload;
  const present = { ...withoutNulls(rest), ...(authorizations == null ? {} : { authorizations }) };
  return team === null ? present : withTeam(present, team);
}

function withTeam(payload: Payload, team: string): Payload {
  if ('event' in payload || 'command' in payload) {
    const { authorizations } = payload;
    const named = Array.isArray(authorizations)
      ? { authorizations: authorizations.map((each: unknown) => ({ team_id: team, ...(isPayload(each) ? each : {}) })) }
      : {};
    return { team_id: team, ...payload, ...named };
  }
  const ofUser = isPayload(payload.user) && 'team_id' in payload.user;
  return 'team' in payload || ofUser ? payload : { ...payload, team: { id: team } };
}

function withoutNulls(object: Payload): Payload {
  return Object.fromEntries(
    Object.entries(object).flatMap(([name, value]) => (value === null ? [] : [[name, cleaned(value)]])),
  );
}

function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned);
  return isPayload(value) ? withoutNulls(value) : value;
}

/** Whether something that came in can be a request at all. */
export function isPayload(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
