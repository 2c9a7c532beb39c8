FROM node:24.21.0-bookworm-slim@sha256:d6aa754f16b3197301076f047b5def2f02ea1dbbc2ca920407d46d7ec7f87b20 AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
# The server loads neither the compiler and the image optimizer of Next.js nor Playwright, its optional peer.
RUN npm run build && npm prune --omit=dev \
  && rm -rf .next/cache .next/diagnostics .next/trace .next/trace-build .next/types \
    node_modules/@next/swc-* node_modules/@img node_modules/sharp \
    node_modules/@playwright node_modules/playwright node_modules/playwright-core \
  && find node_modules -name '*.map' -delete

FROM node:24.21.0-bookworm-slim@sha256:d6aa754f16b3197301076f047b5def2f02ea1dbbc2ca920407d46d7ec7f87b20
ENV NODE_ENV=production
WORKDIR /app
# next.config.js imports from lib.
COPY --from=build /app/package.json /app/next.config.js ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/.next .next
COPY --from=build /app/public public
COPY --from=build /app/lib lib
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=2s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", ".next/start.mjs"]
