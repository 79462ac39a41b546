/** One's own choices: language, colours, sounds, notifications, shortcuts, password, logging out. */
import {
  Button,
  Drawer,
  PasswordInput,
  SegmentedControl,
  Select,
  Stack,
  Switch,
  TextInput,
  useMantineColorScheme,
} from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { body, client, setCsrf } from "../api/client";
import { useSession } from "../api/hooks";
import { inWords } from "../api/problem";
import { connectorsQuery, keys } from "../api/queries";
import { LANGUAGES, useTranslation } from "../i18n";
import { toast } from "../ui/toast";
import { chime } from "./alerts";
import { type Alerts, usePrefs } from "./prefs";
import classes from "./shell.module.css";

export default function Profile({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { user, version } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const prefs = usePrefs();
  const [name, setName] = useState(user.name);

  const save = useMutation({
    mutationFn: (change: { name?: string; language?: keyof typeof LANGUAGES }) =>
      body(client.PATCH("/session", { body: change })),
    onSuccess: (session, { language }) => {
      queries.setQueryData(keys.session, session);
      // The forms of channels come in the reader's language.
      if (language !== undefined) void queries.invalidateQueries({ queryKey: connectorsQuery.queryKey });
    },
    onError: (error) => toast.failure(t("profile.notSaved"), inWords(error)),
  });
  const logOut = useMutation({
    mutationFn: () => body(client.DELETE("/session")),
    onSuccess: async () => {
      await navigate({ to: "/login" });
      queries.clear();
    },
    onError: (error) => toast.failure(t("profile.notLoggedOut"), inWords(error)),
  });

  const alertChoices = [
    { value: "off", label: t("profile.alertOff") },
    { value: "mine", label: t("profile.alertMine") },
    { value: "all", label: t("profile.alertAll") },
  ];
  const setDesktop = async (value: Alerts) => {
    const allowed =
      value === "off" || ("Notification" in window && (await Notification.requestPermission()) === "granted");
    if (!allowed) toast.failure(t("profile.desktopRefused"), t("profile.desktopRefusedText"));
    prefs.set({ desktop: allowed ? value : "off" });
  };

  return (
    <Drawer opened onClose={close} position="right" size={380} title={t("profile.title")}>
      <Stack gap="md">
        <TextInput
          label={t("profile.name")}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          onBlur={() => name.trim() !== "" && name !== user.name && save.mutate({ name: name.trim() })}
        />
        <Select
          label={t("profile.language")}
          data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
          value={user.language}
          onChange={(value) => value !== null && save.mutate({ language: value as keyof typeof LANGUAGES })}
        />
        <div>
          <p className={classes.label} id="scheme">
            {t("profile.scheme")}
          </p>
          <SegmentedControl
            fullWidth
            size="sm"
            aria-labelledby="scheme"
            value={colorScheme}
            onChange={(value) => setColorScheme(value as typeof colorScheme)}
            data={[
              { value: "auto", label: t("profile.schemeAuto") },
              { value: "light", label: t("profile.schemeLight") },
              { value: "dark", label: t("profile.schemeDark") },
            ]}
          />
        </div>
        <Select
          label={t("profile.sound")}
          data={alertChoices}
          value={prefs.sound}
          onChange={(value) => {
            prefs.set({ sound: value as Alerts });
            if (value !== "off") chime();
          }}
        />
        <Select
          label={t("profile.desktop")}
          description={t("profile.desktopText")}
          data={alertChoices}
          value={prefs.desktop}
          onChange={(value) => void setDesktop(value as Alerts)}
        />
        <Switch
          label={t("shortcuts.on")}
          checked={prefs.shortcuts}
          onChange={(event) => prefs.set({ shortcuts: event.currentTarget.checked })}
        />
        <PasswordForm />
        <Button variant="default" onClick={() => logOut.mutate()} loading={logOut.isPending}>
          {t("profile.logOut")}
        </Button>
        <p className={classes.fine}>{t("profile.version", { version })}</p>
      </Stack>
    </Drawer>
  );
}

function PasswordForm() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation({
    mutationFn: () => body(client.POST("/session/password", { body: { current, new: next } })),
    onSuccess: (session) => {
      setCsrf(session.csrf);
      queries.setQueryData(keys.session, session);
      setOpen(false);
      setCurrent("");
      setNext("");
      toast.done(t("profile.passwordChanged"));
    },
  });
  if (!open)
    return (
      <Button variant="default" onClick={() => setOpen(true)}>
        {t("profile.changePassword")}
      </Button>
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate();
      }}
    >
      <Stack gap="sm">
        <PasswordInput
          label={t("login.current")}
          autoComplete="current-password"
          required
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordInput
          label={t("login.new")}
          description={t("login.newText")}
          autoComplete="new-password"
          minLength={12}
          required
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
          error={change.isError && inWords(change.error)}
        />
        <Button type="submit" loading={change.isPending}>
          {t("profile.changePassword")}
        </Button>
      </Stack>
    </form>
  );
}
