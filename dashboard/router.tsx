// The router of the browser: what surrounds the pages, then the sitemap (routes.tsx).
import type { QueryClient } from '@tanstack/react-query'
import { createBrowserRouter } from 'react-router'
import { App, Open, SignedIn } from './app.tsx'
import { Broken } from './pages/Broken.tsx'
import { openPages, signedInPages } from './routes.tsx'

/** `client`: what the pages ask with. */
export const createRouter = (client: QueryClient) =>
  createBrowserRouter([
    {
      element: <App client={client} />,
      errorElement: <Broken />,
      hydrateFallbackElement: <></>,
      children: [
        { element: <Open />, children: openPages },
        { element: <SignedIn />, children: signedInPages(client) },
      ],
    },
  ])
