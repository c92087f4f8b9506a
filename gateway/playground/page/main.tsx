// The page: GraphiQL over this gateway, opened on the examples. It holds no token and calls no host
// but its own.
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './style.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';

const texts = import.meta.glob<string>('../examples/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const examples = Object.keys(texts)
  .sort()
  .map((path) => ({ query: texts[path] ?? '' }));

const fetcher = createGraphiQLFetcher({ url: '/graphql' });
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <GraphiQL fetcher={fetcher} defaultTabs={examples} shouldPersistHeaders={false}>
      <GraphiQL.Logo>Credit Graph</GraphiQL.Logo>
    </GraphiQL>,
  );
}
