// The pages: address, name in the navigation, and the code, which is loaded when the page is gone to.
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { MissingPartError } from './components/missing-part-error.ts';

/** A page of the playground. */
export interface PageEntry {
  /** Address with parameters, as wouter reads it. */
  readonly path: string;
  readonly page: LazyExoticComponent<ComponentType>;
  /** Begins to load the code, ahead of its being drawn. */
  readonly preload: () => void;
}

/** Where the navigation leads, in its order. */
export const NAVIGATION = [
  { to: '/', text: 'layout.pages.editor' },
  { to: '/subjects', text: 'layout.pages.subjects' },
  { to: '/access', text: 'layout.pages.access' },
  { to: '/map', text: 'layout.pages.map' },
  { to: '/sectors', text: 'layout.pages.sectors' },
] as const;

/** Where the provider sends the reader back to; to be registered there. */
export const CALLBACK_PATH = '/signed-in';

/** Every page; the first whose address fits is shown. */
export const PAGES: readonly PageEntry[] = [
  pageAt('/', async () => (await import('./editor/editor-page.tsx')).EditorPage),
  pageAt('/subjects/:code?', async () => (await import('./report/report-page.tsx')).ReportPage),
  pageAt('/access/:view?', async () => (await import('./access/access-page.tsx')).AccessPage),
  pageAt('/map', async () => (await import('./map/map-page.tsx')).MapPage),
  pageAt('/sectors', async () => (await import('./sectors/sectors-page.tsx')).SectorsPage),
  pageAt(CALLBACK_PATH, async () => (await import('./layout/signed-in-page.tsx')).SignedInPage),
];

/** Begins to load the code of the page at an address, which is needed whatever the server says first. */
export function preloadPage(path: string): void {
  const [, first] = path.split('/');
  PAGES.find((entry) => entry.path.split('/')[1] === first)?.preload();
}

function pageAt(path: string, load: () => Promise<ComponentType>): PageEntry {
  return {
    path,
    page: lazy(async () => {
      try {
        return { default: await load() };
      } catch (error) {
        throw new MissingPartError(error);
      }
    }),
    preload() {
      load().catch(() => {
        // It is loaded again to be drawn; what fails then is shown.
      });
    },
  };
}
