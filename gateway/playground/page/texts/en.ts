// The page's words in English: one section a part of the page. Chinese has the same keys.
import { access } from './en/access.ts';
import { authority } from './en/authority.ts';
import { layout, session, states } from './en/frame.ts';
import { editor } from './en/editor.ts';
import { map } from './en/map.ts';
import { report } from './en/report.ts';
import { sectors } from './en/sectors.ts';

/** English texts. */
export const en = {
  layout,
  session,
  states,
  authority,
  editor,
  report,
  access,
  map,
  sectors,
} as const;
