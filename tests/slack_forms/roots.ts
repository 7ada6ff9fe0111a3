/** What Doorstep sends, as Slack's own packages type it: schema.json is generated from this. */
import type { HomeView, KnownBlock, ModalView } from "@slack/types";
import type { Manifest } from "@slack/web-api/dist/types/request/manifest";

export interface Sent {
  block: KnownBlock;
  home: HomeView;
  manifest: Manifest;
  modal: ModalView;
}
