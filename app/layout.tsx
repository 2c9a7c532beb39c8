import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import { connection } from 'next/server';
import { toBrandStyle } from '@/lib/server/pages/brand-colors';
import { SURFACE_COLORS } from '@/lib/server/pages/surface-colors';
import { getPageCopy } from '@/lib/server/pages/page-copy';
import { getEnv } from '@/lib/server/config/env';
import './globals.css';

export async function generateMetadata(): Promise<Metadata> {
  await connection();
  const { RETAILER_NAME: store, RETAILER_LOGO_URL: logoUrl, RETAILER_ICON_URL: iconUrl } = getEnv();
  const { copy, shellCopy } = await getPageCopy();
  const previewUrl = iconUrl ?? logoUrl;
  const title = copy.title(store ?? '');
  const { description } = shellCopy;
  return {
    title,
    description,
    // Messengers show these fields in a link preview, so they name the store and contain no order data.
    openGraph: {
      type: 'website',
      locale: copy.locale.replace('-', '_'),
      title,
      description,
      ...(store && { siteName: store }),
      ...(previewUrl && { images: [{ url: previewUrl, alt: store ?? '' }] }),
    },
    twitter: { card: 'summary' },
    // Home screens use the same icon. A page that is no app needs no manifest.
    icons: iconUrl ? { icon: iconUrl, apple: iconUrl } : '/icon.svg',
    robots: { index: false, follow: false },
    referrer: 'no-referrer',
    formatDetection: { telephone: false },
  };
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  interactiveWidget: 'resizes-content',
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: SURFACE_COLORS.light.page },
    { media: '(prefers-color-scheme: dark)', color: SURFACE_COLORS.dark.page },
  ],
};

/** Every page is dynamic, including the not-found page, because a static page would have no nonce. */
export default async function RootLayout({ children }: { children: React.ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? '';
  const { copy, shellCopy } = await getPageCopy();
  return (
    <html
      lang={copy.locale}
      dir={copy.direction}
      data-failed={JSON.stringify({ ...shellCopy.failed, support: copy.support })}
      suppressHydrationWarning
    >
      <head>
        <style nonce={nonce} suppressHydrationWarning>
          {toBrandStyle(getEnv().RETAILER_COLOR)}
        </style>
      </head>
      <body className="@container font-sans antialiased">{children}</body>
    </html>
  );
}
