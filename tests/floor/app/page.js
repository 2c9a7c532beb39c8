'use client';

import { useState } from 'react';

/** The smallest page with Next and React; the size of our pages is measured relative to it. */
export default function BarePage() {
  const [count, setCount] = useState(0);
  return <button onClick={() => setCount(count + 1)}>{count}</button>;
}
