'use client';

import { useServerInsertedHTML } from 'next/navigation';
import { useRef } from 'react';

/**
 * Puts `children`, inline scripts and styles, into the HTML's head and into no tree of React's. Where the HTML
 * has been changed on its way React renders in the browser again, and a script made there is refused
 * by Trusted Types.
 */
export function HeadInsert({ children }: { children: React.ReactNode }) {
  const isInserted = useRef(false);
  // Next.js calls it at each flush of the document.
  useServerInsertedHTML(() => {
    if (isInserted.current) return null;
    isInserted.current = true;
    return children;
  });
  return null;
}
