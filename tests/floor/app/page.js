'use client';

import { useState } from 'react';

/** The least that a page by Next and React can be: what ours weighs is counted from here. */
export default function BarePage() {
  const [count, setCount] = useState(0);
  return <button onClick={() => setCount(count + 1)}>{count}</button>;
}
