# The subgraph of one sector, with nothing of any other. Build from the project's root:
#   docker build -f docker/subgraph.Dockerfile --build-arg SECTOR=tax -t credit-graph/tax .

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=dev --omit=optional

FROM node:24-bookworm-slim
ARG SECTOR
RUN test -n "$SECTOR" || (echo "say which sector: --build-arg SECTOR=tax" && exit 1)
WORKDIR /app
ENV NODE_ENV=production SECTOR=${SECTOR} SUBGRAPH_HOST=0.0.0.0 LOG_FORM=json DATA_DIR=/tmp/credit-graph
COPY --from=packages /app/node_modules node_modules
COPY package.json supergraph.yaml ./
COPY subgraphs/kit subgraphs/kit
COPY subgraphs/${SECTOR} subgraphs/${SECTOR}
USER node
# exec: signals reach node, so that the process stops in order.
CMD exec node subgraphs/kit/cli/subgraph.ts "$SECTOR"
