// How the dashboard is built: static files in dashboard/dist, no inline script or style, and a proxy to the running API in development.
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where the API answers while one works on the dashboard with `npx vite dashboard`. */
const API = process.env['SAMTILA_HTTP'] ?? '127.0.0.1:8080'

export default defineConfig(({ isSsrBuild = false }) => ({
  root: import.meta.dirname,
  plugins: [react()],
  // What draws first pages on the server stands beside the rest, with all that it needs.
  ...(isSsrBuild
    ? {
        resolve: {
          alias: [
            { find: 'polished', replacement: join(import.meta.dirname, 'first', 'css-math.ts') },
            { find: /^.*\/AutoId\/AutoId\.js$/, replacement: join(import.meta.dirname, 'first', 'auto-id.ts') },
          ],
        },
        ssr: { noExternal: true as const },
        define: { 'process.env.NODE_ENV': JSON.stringify('production') },
      }
    : {}),
  server: {
    host: '127.0.0.1',
    proxy: { '/api': { target: `http://${API}`, changeOrigin: false } },
  },
  build: {
    outDir: isSsrBuild ? 'dist/.server' : 'dist',
    copyPublicDir: !isSsrBuild,
    emptyOutDir: true,
    target: 'es2023',
    // Nothing as data: URL, so that the Content Security Policy needs no exception.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    // What every page needs, what signing in needs besides, and the overview: three files in place of seventy small ones.
    ...(isSsrBuild
      ? {}
      : {
          rolldownOptions: {
            output: {
              codeSplitting: {
                groups: [
                  { name: 'frame', test: /dashboard\/start\.tsx$/, priority: 3 },
                  { name: 'sign-in', test: /dashboard\/pages\/SignIn\.tsx$/, priority: 2 },
                  { name: 'overview', test: /dashboard\/pages\/Start\.tsx$/, priority: 1 },
                ],
              },
            },
          },
        }),
  },
}))
