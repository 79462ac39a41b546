/** The addresses of a contact: where each is used, whether it is proven, whether it can be reached. */
import { Button, Menu, Select, TextInput } from "@mantine/core";
import {
  IconAt,
  IconBan,
  IconDots,
  IconHandStop,
  IconHash,
  IconPhone,
  IconPlus,
  IconRosetteDiscountCheck,
} from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { body, client } from "../api/client";
import { useChannels, useMay } from "../api/hooks";
import { inWords } from "../api/problem";
import { keys } from "../api/queries";
import type { Contact, ContactPoint } from "../api/types";
import { useTranslation, withTexts } from "../i18n";
import { canWriteTo } from "../inbox/limits";
import { ChannelIcon } from "../ui/ChannelIcon";
import { IconButton } from "../ui/IconButton";
import { toast } from "../ui/toast";
import { When } from "../ui/When";
import classes from "./contact.module.css";

const CallButton = lazy(
  withTexts(["calls"], () => import("../calls/CallButton").then((module) => ({ default: module.CallButton }))),
);
const NewConversation = lazy(() => import("../inbox/NewConversation"));
const SplitDialog = lazy(() => import("./SplitDialog"));

function PointIcon({ point }: { point: ContactPoint }) {
  const first = point.channel_ids[0];
  if (first !== undefined) return <ChannelIcon channelId={first} size={17} />;
  if (point.namespace === "email") return <IconAt size={17} stroke={1.6} aria-hidden />;
  return point.namespace === "phone" ? (
    <IconPhone size={17} stroke={1.6} aria-hidden />
  ) : (
    <IconHash size={17} stroke={1.6} aria-hidden />
  );
}

export function Points({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const channels = useChannels();
  const mayWrite = useMay("contacts_write");
  const mayMerge = useMay("contacts_merge");
  const mayStart = useMay("conversations_write");
  const [writeTo, setWriteTo] = useState<ContactPoint | null>(null);
  const [splitting, setSplitting] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const callable = [...channels.values()].some(({ capabilities }) => capabilities.calls !== null);
  const startable = (point: ContactPoint) =>
    mayStart && [...channels.values()].some((channel) => canWriteTo(point, channel));
  const remove = useMutation({
    mutationFn: (id: string) =>
      body(client.DELETE("/contact-points/{contact_point_id}", { params: { path: { contact_point_id: id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.contact(contact.id) }),
    onError: (error) => toast.failure(t("contact.notRemoved"), inWords(error)),
  });
  const unblock = useMutation({
    mutationFn: (id: string) =>
      body(client.POST("/contact-points/{contact_point_id}/unblock", { params: { path: { contact_point_id: id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.contact(contact.id) }),
    onError: (error) => toast.failure(t("contact.notSaved"), inWords(error)),
  });
  return (
    <>
      {contact.points.length === 0 && <p className={classes.quiet}>{t("contact.noPoints")}</p>}
      <ul className={classes.points}>
        {contact.points.map((point) => (
          <li key={point.id}>
            <PointIcon point={point} />
            <span className={classes.point}>
              <span>
                {point.address}
                {point.verified && (
                  <IconRosetteDiscountCheck size={15} className={classes.verified} aria-label={t("contact.verified")} />
                )}
              </span>
              <small>
                {[
                  point.name !== contact.name ? point.name : "",
                  point.channel_ids.map((id) => channels.get(id)?.name ?? "").join(", "),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </small>
              {point.opted_out && (
                <small className={classes.blocked}>
                  <IconHandStop size={13} aria-hidden /> {t("contact.optedOut")}
                  {point.opted_at !== null && (
                    <>
                      {" "}
                      (<When at={point.opted_at} as="ago" />)
                    </>
                  )}
                  . {t("contact.optedOutText")}
                </small>
              )}
              {point.blocked && (
                <small className={classes.blocked}>
                  <IconBan size={13} aria-hidden /> {point.blocked_reason || t("contact.blocked")}
                </small>
              )}
            </span>
            {point.namespace === "phone" && callable && (
              <Suspense fallback={null}>
                <CallButton number={point.address} compact />
              </Suspense>
            )}
            {(mayWrite || mayMerge || startable(point)) && (
              <Menu>
                <Menu.Target>
                  <IconButton size={26} label={t("contact.pointMenu", { address: point.address })}>
                    <IconDots size={16} />
                  </IconButton>
                </Menu.Target>
                <Menu.Dropdown>
                  {startable(point) && <Menu.Item onClick={() => setWriteTo(point)}>{t("contact.write")}</Menu.Item>}
                  {mayWrite && point.blocked && (
                    <Menu.Item onClick={() => unblock.mutate(point.id)}>{t("contact.unblock")}</Menu.Item>
                  )}
                  {mayMerge && contact.points.length > 1 && (
                    <Menu.Item onClick={() => setSplitting(point.id)}>{t("contact.split")}</Menu.Item>
                  )}
                  {mayWrite && point.channel_ids.length === 0 && (
                    <Menu.Item onClick={() => remove.mutate(point.id)}>{t("contact.removePoint")}</Menu.Item>
                  )}
                  {mayWrite &&
                    point.channel_ids.length > 0 &&
                    contact.points.length <= 1 &&
                    !startable(point) &&
                    !point.blocked && <Menu.Label>{t("contact.pointUsed")}</Menu.Label>}
                </Menu.Dropdown>
              </Menu>
            )}
          </li>
        ))}
      </ul>
      {mayWrite && !adding && (
        <Button
          className={classes.add ?? ""}
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          onClick={() => setAdding(true)}
        >
          {t("contact.addPoint")}
        </Button>
      )}
      {adding && <AddPoint contact={contact} close={() => setAdding(false)} />}
      <Suspense fallback={null}>
        {writeTo !== null && (
          <NewConversation
            to={{ address: writeTo.address, channelIds: writeTo.channel_ids }}
            close={() => setWriteTo(null)}
          />
        )}
        {splitting !== null && <SplitDialog contact={contact} first={splitting} close={() => setSplitting(null)} />}
      </Suspense>
    </>
  );
}

function AddPoint({ contact, close }: { contact: Contact; close: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [namespace, setNamespace] = useState("email");
  const [address, setAddress] = useState("");
  const add = useMutation({
    mutationFn: () =>
      body(
        client.POST("/contacts/{contact_id}/points", {
          params: { path: { contact_id: contact.id } },
          body: { namespace, address: address.trim() },
        }),
      ),
    onSuccess: async (saved) => {
      queries.setQueryData(keys.contact(contact.id), saved);
      close();
    },
  });
  return (
    <form
      className={classes.fieldForm}
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <Select
        label={t("contact.pointKind")}
        data={[
          { value: "email", label: t("contact.email") },
          { value: "phone", label: t("contact.phone") },
        ]}
        value={namespace}
        onChange={(value) => value !== null && setNamespace(value)}
      />
      <TextInput
        autoFocus
        required
        label={t("contact.address")}
        type={namespace === "email" ? "email" : "tel"}
        value={address}
        onChange={(event) => setAddress(event.currentTarget.value)}
        error={add.isError && inWords(add.error)}
      />
      <Button type="submit" loading={add.isPending}>
        {t("common.save")}
      </Button>
      <Button variant="default" onClick={close}>
        {t("common.cancel")}
      </Button>
    </form>
  );
}
