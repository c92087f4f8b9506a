// The page's words in Chinese: the keys of the English texts.
import type { en } from './en.ts';
import type { Translation } from './texts.ts';
import { access } from './zh/access.ts';
import { authority } from './zh/authority.ts';
import { layout, session, states } from './zh/frame.ts';
import { editor } from './zh/editor.ts';
import { map } from './zh/map.ts';
import { report } from './zh/report.ts';
import { sectors } from './zh/sectors.ts';

/** Chinese texts. */
export const zh: Translation<typeof en> = {
  layout,
  session,
  states,
  authority,
  editor,
  report,
  access,
  map,
  sectors,
};
