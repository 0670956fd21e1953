FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# Without the development dependencies, and so without the Node that they bring: the image has one.
RUN npm ci --omit=dev

FROM node:24-slim
ENV NODE_ENV=production \
    DATA_DIR=/data \
    HTTP_PORT=8080
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json ./
COPY src ./src
COPY commands ./commands
RUN mkdir /data compiled && chown node:node /data compiled
USER node
# What Node has compiled it keeps for the next start of the same user. One without settings loads all
# but what a setting asks for, and ends.
ENV NODE_COMPILE_CACHE=/app/compiled
RUN node src/main.ts || test -n "$(ls compiled)"
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HTTP_PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# In this form there is no shell and no npm in between, neither of which hands SIGTERM on: Node is
# process 1 and gets it itself. Process 1 is spared by signals it has no handler for; src/stop.ts
# has handlers for SIGTERM and SIGINT, so no init is needed either.
ENTRYPOINT ["node", "--max-semi-space-size=2", "--v8-pool-size=1", "src/main.ts"]
