// Keeps a fault of one place from taking the window with it: says so and offers to try again.
import { Button } from "@fluentui/react-components";
import { Component, type ReactNode } from "react";
import { FailureMessage } from "./failure_message";

/** Another `place` is tried afresh. */
type Props = { children: ReactNode; place: string; title: string; retry: string };

export class ErrorBoundary extends Component<Props, { failure: unknown }> {
  override state = { failure: null as unknown };

  static getDerivedStateFromError(failure: unknown) {
    return { failure };
  }

  override componentDidUpdate(former: Props) {
    if (former.place !== this.props.place && this.state.failure !== null) this.setState({ failure: null });
  }

  override render() {
    if (this.state.failure === null) return this.props.children;
    const retry = <Button onClick={() => this.setState({ failure: null })}>{this.props.retry}</Button>;
    return <FailureMessage failure={this.state.failure} title={this.props.title} actions={retry} />;
  }
}
