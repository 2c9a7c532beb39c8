'use client';

import { useServerInsertedHTML } from 'next/navigation';
import { useRef } from 'react';

/**
 * Inserts `children`, inline scripts and styles, into the HTML's head but not into React's tree. If a proxy has changed
 * the HTML, React renders the tree again in the browser, where Trusted Types would refuse the script.
 */
export function HeadInsert({ children }: { children: React.ReactNode }) {
  const isInserted = useRef(false);
  // Next.js calls the callback at each flush of the HTML stream.
  useServerInsertedHTML(() => {
    if (isInserted.current) return null;
    isInserted.current = true;
    return children;
  });
  return null;
}
