// The faked server that may listen: it charges what the settings say and answers at an address that is one.
import type { Failure, ServerChoices, ServerOffer, SessionId } from "../bindings";
import type { Commands } from "../index";

type ServerCommands = Pick<
  Commands,
  "serverOffer" | "serverCheck" | "serverKeySet" | "serverKeyKnown" | "serverAgree" | "certificatesPick"
>;

const HOUR_MS = 3_600_000;

export function fakeServer(chosen: () => ServerChoices, onAgree: (session: SessionId) => void): ServerCommands {
  const keys = new Set<string>();
  return {
    serverOffer: async (audio_ms): Promise<ServerOffer | null> => {
      const { url, model, price, hears_new, agreed_to } = chosen();
      if (url === "") return null;
      const cost = price.hour_milli === 0 ? null : Math.ceil((audio_ms / HOUR_MS) * (price.hour_milli / 1000));
      return {
        server: new URL(url).host,
        model,
        audio_ms,
        cost: cost === null ? null : `${cost} ${price.currency}`,
        is_private: url.startsWith("https:"),
        hears_new,
        agreed: agreed_to === url,
      };
    },
    serverCheck: async ({ url }) => {
      const failure: Failure = { code: "engine_unreachable", message: `No contesta: ${url}`, details: {} };
      if (!url.startsWith("https:")) throw failure;
      return null;
    },
    serverKeySet: async (url, key) => {
      if (key === "") keys.delete(url);
      else keys.add(url);
      return null;
    },
    serverKeyKnown: async (url) => keys.has(url),
    serverAgree: async (session) => {
      onAgree(session);
      return null;
    },
    certificatesPick: async () => "/home/secretaria/alcaldia.pem",
  };
}
