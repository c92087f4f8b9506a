// The pages: address, name in the navigation, and the code, which is loaded when the page is gone to.
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

/** A page of the playground. */
export interface PageEntry {
  /** Address with parameters, as wouter reads it. */
  readonly path: string;
  readonly page: LazyExoticComponent<ComponentType>;
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
  {
    path: '/',
    page: lazy(async () => ({ default: (await import('./editor/editor-page.tsx')).EditorPage })),
  },
  {
    path: '/subjects/:code?',
    page: lazy(async () => ({ default: (await import('./report/report-page.tsx')).ReportPage })),
  },
  {
    path: '/access/:view?',
    page: lazy(async () => ({ default: (await import('./access/access-page.tsx')).AccessPage })),
  },
  {
    path: '/map',
    page: lazy(async () => ({ default: (await import('./map/map-page.tsx')).MapPage })),
  },
  {
    path: '/sectors',
    page: lazy(async () => ({ default: (await import('./sectors/sectors-page.tsx')).SectorsPage })),
  },
  {
    path: CALLBACK_PATH,
    page: lazy(async () => ({
      default: (await import('./layout/signed-in-page.tsx')).SignedInPage,
    })),
  },
];
