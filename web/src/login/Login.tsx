/** Logging in, and the change of a password that somebody else has set. */
import { Button, PasswordInput, Select, Stack, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { body, client, setCsrf } from "../api/client";
import { inWords } from "../api/problem";
import { keys, sessionQuery } from "../api/queries";
import type { Session } from "../api/types";
import { isLanguage, LANGUAGES, setLanguage, useTranslation } from "../i18n";
import classes from "./login.module.css";

function useEnter() {
  const queries = useQueryClient();
  const router = useRouter();
  const { next } = useSearch({ from: "/login" });
  return (session: Session) => {
    setCsrf(session.csrf);
    queries.setQueryData(keys.session, session);
    if (!session.must_change_password) router.history.push(next ?? "/inbox");
  };
}

export function Login() {
  const { t, i18n } = useTranslation();
  const session = useQuery(sessionQuery).data;
  return (
    <main className={classes.page}>
      <div className={classes.box}>
        <img src="/icon.svg" alt="" width={40} height={40} />
        {session?.must_change_password === true ? <ChangePassword email={session.user.email} /> : <LogIn />}
      </div>
      <Select
        className={classes.language}
        aria-label={t("profile.language")}
        variant="unstyled"
        data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
        value={i18n.language}
        onChange={(value) => isLanguage(value) && void setLanguage(value)}
      />
    </main>
  );
}

function LogIn() {
  const { t } = useTranslation();
  const enter = useEnter();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const logIn = useMutation({
    mutationFn: () => body(client.POST("/session", { body: { email: email.trim(), password } })),
    onSuccess: enter,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        logIn.mutate();
      }}
    >
      <Stack gap="sm">
        <Title order={1} size="h3">
          {t("login.title")}
        </Title>
        <TextInput
          label={t("login.email")}
          type="email"
          autoComplete="username"
          required
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t("login.password")}
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {logIn.isError && (
          <p className={classes.error} role="alert">
            {inWords(logIn.error)}
          </p>
        )}
        <Button type="submit" fullWidth loading={logIn.isPending}>
          {t("login.enter")}
        </Button>
        <p className={classes.hint}>{t("login.forgotten")}</p>
      </Stack>
    </form>
  );
}

function ChangePassword({ email }: { email: string }) {
  const { t } = useTranslation();
  const enter = useEnter();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const change = useMutation({
    mutationFn: () => body(client.POST("/session/password", { body: { current, new: next } })),
    onSuccess: enter,
  });
  const differs = again !== "" && again !== next;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!differs) change.mutate();
      }}
    >
      <Stack gap="sm">
        <Title order={1} size="h3">
          {t("login.changeTitle")}
        </Title>
        <p className={classes.hint}>{t("login.changeText")}</p>
        <input type="hidden" autoComplete="username" value={email} readOnly />
        <PasswordInput
          label={t("login.current")}
          autoComplete="current-password"
          required
          autoFocus
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
        />
        <PasswordInput
          label={t("login.again")}
          autoComplete="new-password"
          required
          value={again}
          onChange={(event) => setAgain(event.currentTarget.value)}
          error={differs && t("login.differs")}
        />
        {change.isError && (
          <p className={classes.error} role="alert">
            {inWords(change.error)}
          </p>
        )}
        <Button type="submit" fullWidth loading={change.isPending}>
          {t("login.change")}
        </Button>
      </Stack>
    </form>
  );
}
