// What the window has read of the watched folders, and how the log is read on, page by page.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useIpc } from "../ipc";
import { queryKeys } from "../ipc/queries";

const PAGE_LINES = 100;

export function useFolders() {
  const ipc = useIpc();
  return useQuery({ queryKey: queryKeys.folders, queryFn: () => ipc.watchList(), refetchOnMount: "always" });
}

/** The oldest first. */
export function useQuestions() {
  const ipc = useIpc();
  return useQuery({ queryKey: queryKeys.questions, queryFn: () => ipc.watchQuestions(), refetchOnMount: "always" });
}

/** The lines of the log, the newest first, and what reads older ones. */
export function useWatchLog() {
  const ipc = useIpc();
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: queryKeys.watchLog,
    queryFn: ({ pageParam }) => ipc.watchLog(pageParam, PAGE_LINES),
    initialPageParam: null as number | null,
    // Lines that came since make the first page longer; only a short one is the last.
    getNextPageParam: (page) => (page.length < PAGE_LINES ? null : page.at(-1)?.id),
    // The events bring what is new while it is read; what came before is read when the place is opened.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const lines = useMemo(() => data?.pages.flat(), [data]);
  return { lines, error, readOn: () => void (hasNextPage && !isFetchingNextPage && fetchNextPage()) };
}
