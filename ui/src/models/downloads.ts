// What is done with the models: how far each download is, what is measured or verified, and why something failed.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Ipc, isFailure, type ModelImport, type ModelRow, useIpc } from "../ipc";
import { queryKeys, useSessions } from "../ipc/queries";
import { useAnnounce } from "../kit/announce";
import { modelName } from "./model_words";

export type Download = { received: number; bytes: number };
export type Models = {
  rows: ModelRow[] | undefined;
  failure: unknown;
  downloads: { [model: string]: Download };
  /** Why the last thing done with a model failed, by model. */
  failures: { [model: string]: unknown };
  install(model: string): void;
  cancel(model: string): void;
  remove(model: string): Promise<unknown>;
  measure(model: string): void;
  verify(model: string): void;
  /** What is being done with which model, one at a time: two would slow each other down. */
  busy: { model: string; deed: "measure" | "verify" } | null;
  /** The one that was found whole when it was verified last. */
  whole: string | null;
  /** Asks for a file or a folder and takes the models from it; null when nothing was chosen. */
  bring(folder: boolean): Promise<ModelImport | null>;
  stopBringing(): void;
  reread(): Promise<unknown>;
};

/** What a person stopped herself is no failure. */
export const stopped = (thrown: unknown) =>
  isFailure(thrown) && (thrown.code === "stopped" || thrown.code === "engine_stopped");

/** Those that were measured by themselves since the window opened, whichever place asked for it. */
const tried = new WeakMap<Ipc, Set<string>>();

/** Whether it hears sessions, and is not the one of the sample. */
const isMeasured = ({ installed, embedded, engine }: ModelRow) => installed && !embedded && engine !== "silero";

export function useModels(): Models {
  const ipc = useIpc();
  const queries = useQueryClient();
  const { t } = useTranslation();
  const announce = useAnnounce();
  const { data: rows, error } = useQuery({ queryKey: queryKeys.models, queryFn: () => ipc.modelList() });
  const [downloads, setDownloads] = useState<Models["downloads"]>({});
  const [failures, setFailures] = useState<Models["failures"]>({});
  const [busy, setBusy] = useState<Models["busy"]>(null);
  const [whole, setWhole] = useState<string | null>(null);

  const fail = (model: string, thrown: unknown) =>
    setFailures((former) => ({ ...former, [model]: stopped(thrown) ? undefined : thrown }));
  const forget = (model: string) => setDownloads(({ [model]: _, ...others }) => others);
  const reread = () =>
    Promise.all(
      [queryKeys.models, queryKeys.usage, queryKeys.check].map((queryKey) => queries.invalidateQueries({ queryKey })),
    );

  useEffect(
    () =>
      ipc.listen((event) => {
        if (event.event === "model_progressed") {
          setDownloads((former) => ({ ...former, [event.model]: { received: event.received, bytes: event.bytes } }));
        } else if (event.event === "model_installed") {
          setDownloads(({ [event.model]: _, ...others }) => others);
          const row = rows?.find((row) => row.id === event.model);
          const name = modelName(t, row ?? { id: event.model, name: event.model, embedded: false });
          announce(t("models.now_installed", { name }));
        } else if (event.event === "job_done") {
          // How long it took tells how fast the models are here.
          void queries.invalidateQueries({ queryKey: queryKeys.models });
        } else if (event.event === "model_failed") {
          setDownloads(({ [event.model]: _, ...others }) => others);
          setFailures((former) => ({ ...former, [event.model]: stopped(event.failure) ? undefined : event.failure }));
        }
      }),
    [ipc, queries, rows, announce, t],
  );

  const work = (model: string, deed: "measure" | "verify") => {
    setBusy({ model, deed });
    setWhole(null);
    fail(model, undefined);
    const done = deed === "measure" ? ipc.modelMeasure(model) : ipc.modelVerify(model).then(() => setWhole(model));
    void done
      .catch((thrown) => fail(model, thrown))
      .finally(() => {
        setBusy(null);
        void reread();
      });
  };

  // Each model is measured once without being asked for, when nothing else listens: what a session would take is what
  // one chooses by. One that cannot be measured is not tried again and again.
  const { data: sessions } = useSessions();
  const known = tried.get(ipc) ?? new Set();
  const quiet = busy === null && sessions !== undefined && sessions.every((session) => session.state !== "listening");
  const unmeasured = quiet
    ? rows?.find((row) => isMeasured(row) && row.speed === null && !known.has(row.id))
    : undefined;
  useEffect(() => {
    if (!unmeasured || known.has(unmeasured.id)) return;
    tried.set(ipc, known.add(unmeasured.id));
    work(unmeasured.id, "measure");
  });

  const { mutate: install } = useMutation({
    mutationFn: (model: string) => ipc.modelInstall(model),
    onMutate: (model) => {
      fail(model, undefined);
      setDownloads((former) => ({ ...former, [model]: former[model] ?? { received: 0, bytes: 0 } }));
    },
    onError: (thrown, model) => {
      forget(model);
      fail(model, thrown);
    },
    onSettled: reread,
  });

  return {
    rows,
    failure: error,
    downloads,
    failures,
    install,
    cancel: (model) => {
      forget(model);
      void ipc.modelCancel(model).then(reread, (thrown) => fail(model, thrown));
    },
    remove: (model) => {
      fail(model, undefined);
      setWhole(null);
      return ipc.modelRemove(model).finally(reread);
    },
    measure: (model) => work(model, "measure"),
    verify: (model) => work(model, "verify"),
    busy,
    whole,
    reread,
    bring: (folder) => ipc.modelImport(folder).finally(reread),
    stopBringing: () => void ipc.modelImportCancel(),
  };
}
