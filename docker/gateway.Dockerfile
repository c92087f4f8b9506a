# The gateway with its page. Build from the project's root:
#   docker build -f docker/gateway.Dockerfile -t credit-graph/gateway .
# Node 24 runs the TypeScript sources as they are: what is reviewed is what runs.

FROM node:24-bookworm-slim AS page
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# With optional packages: the bundler's own binary is one of them.
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY gateway/playground gateway/playground
COPY subgraphs/kit subgraphs/kit
RUN node gateway/playground/prepare.ts && test -f gateway/playground/dist/*/index.html

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=dev --omit=optional

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 LOG_FORM=json
COPY --from=packages /app/node_modules node_modules
COPY package.json package-lock.json ./
COPY subgraphs/kit subgraphs/kit
COPY gateway gateway
COPY --from=page /app/gateway/playground/dist gateway/playground/dist
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/health/live').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
CMD ["node", "gateway/main.ts"]
