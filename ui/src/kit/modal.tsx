// A dialog that is gone as soon as it closes and gives the focus and the cursor back to where they were. Keys open most
// of ours, so there is no button that Fluent could give the focus back to, and the next keys are pressed at once.
import { Dialog, type DialogProps } from "@fluentui/react-components";
import { useLayoutEffect } from "react";

export function Modal({ open = true, ...props }: DialogProps) {
  useLayoutEffect(() => {
    if (!open) return;
    const before = document.activeElement;
    const selection = getSelection();
    const cursor = selection && selection.rangeCount > 0 ? selection.getRangeAt(0).cloneRange() : null;
    return () => {
      if (!(before instanceof HTMLElement) || before === document.body || !before.isConnected) return;
      before.focus({ preventScroll: true });
      if (cursor && before.isContentEditable && before.contains(cursor.commonAncestorContainer)) {
        selection?.removeAllRanges();
        selection?.addRange(cursor);
      }
    };
  }, [open]);
  return <Dialog open={open} surfaceMotion={null} {...props} />;
}
