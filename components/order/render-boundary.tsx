import { Component } from 'react';
import { recordRenderError } from '@/lib/client/order/render-errors';
import { readErrorCopy } from '@/lib/client/copy/error-copy';
import { FullPageMessage } from '@/components/ui/full-page-message';
import { SupportLink } from '@/components/ui/support-link';
import { Button } from '@/components/ui/button';

const PAUSES_MS = [100, 1_000, 5_000];
/** An error after this time without errors counts as a new error, not as a failed retry. */
const STABLE_MS = 60_000;

type Props = {
  /** Shown during the pauses. */
  fallback: React.ReactNode;
  supportUrl: string | undefined;
  onError?: () => void;
  children: React.ReactNode;
};

type State = { hasFailed: boolean; isGivenUp: boolean };

/** Remounts its children after a render error, at most three times, then offers a reload. */
export class RenderBoundary extends Component<Props, State> {
  static getDerivedStateFromError = () => ({ hasFailed: true });
  override state = { hasFailed: false, isGivenUp: false };
  private failureCount = 0;
  private failedAtMs = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  override componentDidCatch(error: unknown): void {
    recordRenderError(error);
    this.props.onError?.();
    // One render may fail in several components, and React reports each failure.
    if (this.timer) return;
    const nowMs = performance.now();
    if (nowMs - this.failedAtMs > STABLE_MS) this.failureCount = 0;
    this.failedAtMs = nowMs;
    const pauseMs = PAUSES_MS[this.failureCount];
    this.failureCount += 1;
    if (pauseMs === undefined) {
      this.setState({ isGivenUp: true });
      return;
    }
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.setState({ hasFailed: false });
    }, pauseMs);
  }

  override componentWillUnmount(): void {
    clearTimeout(this.timer);
  }

  override render() {
    const { fallback, supportUrl, children } = this.props;
    if (!this.state.hasFailed) return children;
    if (!this.state.isGivenUp) return fallback;
    const copy = readErrorCopy();
    return (
      <FullPageMessage title={copy.title} message={copy.hint}>
        <Button variant="text" className="mt-4 min-h-11" onClick={() => location.reload()}>
          {copy.reload}
        </Button>
        <SupportLink url={supportUrl} text={copy.support} />
      </FullPageMessage>
    );
  }
}
