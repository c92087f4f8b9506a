// Words of the frame of every page, of signing in, and of what stands where nothing is yet.
/** The frame. */
export const layout = {
  skip: 'Skip to the content',
  navigation: 'Pages',
  language: 'Language',
  theme: 'Theme',
  themes: { system: 'Theme: system', light: 'Theme: light', dark: 'Theme: dark' },
  pages: { editor: 'Query', subjects: 'Reports', access: 'Access', map: 'Map', sectors: 'Sectors' },
} as const;

/** Who asks. */
export const session = {
  inquiry: 'Who asks, and why',
  who: 'Asking as',
  nobody: 'Nobody (anonymous)',
  pasted: 'a pasted token',
  purpose: 'Purpose',
  noPurpose: 'No purpose',
  case: 'Case',
  dutyIn: 'duty in {{sector}}',
  signIn: 'Sign in',
  signOut: 'Sign out',
  ownToken: 'With another token …',
  signInAgain: 'Sign in again',
  renew: 'Renew',
  hoursLeft: 'Token: {{hours}} h {{minutes}} min',
  minutesLeft: 'Token: {{minutes}} min',
  expired: 'Token has ended',
  expiredHint: 'The token has ended. Renew it or sign in again; your query stays.',
  soonHint: 'The token ends within five minutes. Renew it; your query stays.',
  noReady: 'The ready callers could not be listed. Reload the page.',
  failed: 'The sign-in did not come about.',
  failedHint: 'Try again; if it fails again, tell the operator. Your query stays.',
  openIdLead: 'Sign in at your organisation. You come back to this page afterwards.',
  openId: 'Sign in at your organisation',
  openIdFailed: 'The sign-in service could not be reached. Try again in a moment.',
  comingBack: 'Signing in …',
  token: 'Access token',
  tokenHint:
    'A JWT of an issuer that this gateway trusts. It is kept in memory only, until the page is closed.',
  tokenWrong: 'This is not a token: three parts of letters and digits, separated by dots.',
  useToken: 'Use this token',
  gateTitle: 'Sign in',
  gateLead: 'The operator shows these pages to signed-in callers only.',
} as const;

/** Waiting, nothing, and failure. */
export const states = {
  loading: 'Loading …',
  again: 'Try again',
  close: 'Close',
  cancel: 'Cancel',
  copy: 'Copy',
  copied: 'Copied',
  request: 'Request {{id}}',
  place: 'line {{line}}, column {{column}}',
  original: 'The graph says: ',
  refused: 'You may not see {{coordinate}}: it needs {{class}}.',
  moreErrors: '{{count}} more errors are not shown.',
  failure: {
    unreachable: 'The gateway could not be reached.',
    deadline: 'The gateway did not answer in time.',
    'not-an-answer': 'What came back is no answer of the graph.',
  },
  failureHint: {
    unreachable: 'Check the connection, then try again. Nothing was changed.',
    deadline: 'Ask for less at once, or try again in a moment.',
    'not-an-answer':
      'Something between this page and the gateway answered in its place. Tell the operator.',
  },
  broken: 'This page has failed.',
  brokenHint:
    'Reload it; what you wrote in the editor is kept. If it fails again, tell the operator.',
  missing: 'A part of this page could not be loaded.',
  missingHint: 'Check the connection, then reload; what you wrote in the editor is kept.',
  reload: 'Reload the page',
  nothingHere: 'There is no page at this address',
  toEditor: 'To the query editor',
} as const;
