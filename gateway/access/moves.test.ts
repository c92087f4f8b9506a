import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PublicError } from '../../subgraphs/kit/errors.ts';
import {
  applicationState,
  consentState,
  grantState,
  MOVES,
  stateAfter,
  type ItemKind,
  type Move,
} from './moves.ts';

const ALL: readonly Move[] = ['APPROVE', 'NARROW', 'REFUSE', 'WITHDRAW', 'REVOKE'];

/** Every state x every move, in the order of ALL; `-` is refused. */
const EXPECTED: Readonly<Record<ItemKind, Readonly<Record<string, string>>>> = {
  application: {
    PENDING: 'AWAITING_SECOND AWAITING_SECOND REFUSED WITHDRAWN -',
    AWAITING_SECOND: 'APPROVED APPROVED REFUSED WITHDRAWN -',
    APPROVED: '- - - - -',
    REFUSED: '- - - - -',
    WITHDRAWN: '- - - - -',
    EXPIRED: '- - - - -',
  },
  consent: {
    LIVE: '- - - WITHDRAWN -',
    WITHDRAWN: '- - - - -',
    EXPIRED: '- - - - -',
  },
  grant: {
    LIVE: '- - - - REVOKED',
    REVOKED: '- - - - -',
    EXPIRED: '- - - - -',
  },
};

for (const [kind, states] of Object.entries(EXPECTED)) {
  test(`knows the states of every ${kind} that the table knows`, () => {
    assert.deepEqual(Object.keys(states).sort(), Object.keys(MOVES[kind as ItemKind]).sort());
  });

  for (const [state, row] of Object.entries(states)) {
    row.split(' ').forEach((next, at) => {
      const move = ALL[at] ?? 'APPROVE';
      const ask = (): string => stateAfter(kind as ItemKind, state as never, move);
      if (next !== '-') {
        test(`${move} leads from ${kind} ${state} to ${next}`, () => {
          assert.equal(ask(), next);
        });
        return;
      }
      test(`${move} is not possible from ${kind} ${state}, and the error says what is`, () => {
        const possible = ALL.filter((_, index) => row.split(' ')[index] !== '-');
        assert.throws(ask, (error: unknown) => {
          assert.ok(error instanceof PublicError);
          assert.equal(error.extensions['code'], 'MOVE_NOT_POSSIBLE');
          assert.equal(error.extensions['state'], state);
          assert.equal(error.extensions['possibleMoves'], possible.join(', '));
          for (const one of possible) assert.match(String(error.extensions['hint']), RegExp(one));
          return true;
        });
      });
    });
  }
}

test('takes the last day as inclusive, and what has ended before it as ended', () => {
  const [before, last, after] = ['2026-03-30', '2026-03-31', '2026-04-01'];
  for (const day of [before, last]) {
    assert.equal(applicationState('PENDING', last, day), 'PENDING');
    assert.equal(consentState(null, last, day), 'LIVE');
    assert.equal(grantState(null, last, day), 'LIVE');
  }
  assert.equal(applicationState('PENDING', last, after), 'EXPIRED');
  assert.equal(applicationState('AWAITING_SECOND', last, after), 'EXPIRED');
  for (const ended of ['APPROVED', 'REFUSED', 'WITHDRAWN'] as const) {
    assert.equal(applicationState(ended, last, after), ended);
  }
  assert.equal(consentState(null, last, after), 'EXPIRED');
  assert.equal(grantState(null, last, after), 'EXPIRED');
  const at = '2026-03-01T00:00:00.000Z';
  assert.equal(consentState(at, last, after), 'WITHDRAWN');
  assert.equal(grantState(at, last, before), 'REVOKED');
});
