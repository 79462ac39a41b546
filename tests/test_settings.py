"""Settings come from the environment, `.env` or the command line, and every mistake is said at once, in words."""

from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path

import pytest
from pydantic import BaseModel, Field, SecretStr

from hub.contract import Manifest
from hub.domain.channel import Capabilities, ChannelKind
from hub.environment import env_example, first_channel, variables
from hub.settings import HubSettings, Part, SettingsInvalid, unknown_variables


class PagerSettings(BaseModel):
    """Settings of a connector that does not exist."""

    token: SecretStr = Field(description="The pager company's token.")
    tries: int = Field(default=3, ge=1, description="How often it rings.")
    areas: list[str] = Field(default=["north"], description="Where it rings.")
    loud: bool = True


def never(*_: object) -> None:
    raise AssertionError("no connector is made here")


PAGER = Manifest(
    key="pager",
    title="Pager",
    kind=ChannelKind("pager"),
    capabilities=Capabilities(),
    settings=PagerSettings,
    create=never,  # type: ignore[arg-type]  # never called
    icon="<svg/>",
)


@pytest.fixture(autouse=True)
def _only_what_a_test_sets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [*HubSettings.names().values(), *variables(PAGER).values()]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def load(monkeypatch: pytest.MonkeyPatch, environ: Mapping[str, str], **given: object) -> HubSettings:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    return HubSettings.load(**given)  # type: ignore[arg-type]  # given are settings, never env_file


def test_without_any_variable_the_hub_serves_locally_on_sqlite(tmp_path: Path) -> None:
    settings = HubSettings.load()
    assert settings.base_url == "http://127.0.0.1:8080"
    assert settings.database == f"sqlite+aiosqlite:///{tmp_path}/data/hub.db"
    assert settings.blobs == f"file://{tmp_path}/data/blobs"
    assert settings.key_file == Path("data/secret.key")
    assert settings.allow_private_fetch == ()


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("HUB_PORT=1001\nHUB_HOST=10.0.0.1\nHUB_LOG_LEVEL=debug\nTELEGRAM_TOKEN=x\n")
    settings = load(monkeypatch, {"HUB_PORT": "1002", "HUB_HOST": "10.0.0.2"}, port=1003, host=None)
    assert (settings.port, settings.host, settings.log_level) == (1003, "10.0.0.2", "debug")


def test_all_mistakes_are_reported_together_without_their_values(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {
        "HUB_PORT": "eighty",
        "HUB_DATABASE_URL": "mysql://root:hunter2@db/hub",
        "HUB_PUBLIC_URL": "hub.example.com",
        "HUB_BUS_URL": "redis://x",
        "HUB_BLOBS_URL": "ftp://x",
        "HUB_LOG_LEVEL": "chatty",
        "HUB_ONLY": "nothing",
        "HUB_JOURNAL_RETENTION_DAYS": "0",
        "HUB_TRUSTED_PROXIES": "10.0.0.0/8, proxy",
        "HUB_ALLOW_PRIVATE_FETCH": "localhost",
    }
    with pytest.raises(SettingsInvalid) as caught:
        load(monkeypatch, wrong)
    heading, *lines = str(caught.value).splitlines()
    assert heading == "These settings cannot be used. Mend them in the environment or in .env:"
    assert {line.strip().partition(":")[0] for line in lines} == set(wrong)
    assert "hunter2" not in str(caught.value)
    assert "  HUB_PORT: it must be a whole number" in lines
    assert "  HUB_ALLOW_PRIVATE_FETCH: 'localhost' is not of the form host:port" in lines


@pytest.mark.parametrize("entry", ["a", "a:", ":1", "a:b", "a:1/x", "u@a:1", "a:1?x", "a:99999", "[::1:5"])
def test_a_private_endpoint_names_host_and_port(monkeypatch: pytest.MonkeyPatch, entry: str) -> None:
    with pytest.raises(SettingsInvalid, match="host:port"):
        load(monkeypatch, {"HUB_ALLOW_PRIVATE_FETCH": entry})


@pytest.mark.parametrize(
    ("text", "endpoints"),
    [("off", ()), ("", ()), ("Bot.local:8081, [::1]:90,", ("bot.local:8081", "[::1]:90"))],
)
def test_private_endpoints_are_listed_with_commas(
    monkeypatch: pytest.MonkeyPatch, text: str, endpoints: tuple[str, ...]
) -> None:
    assert load(monkeypatch, {"HUB_ALLOW_PRIVATE_FETCH": text}).allow_private_fetch == endpoints


def test_only_listed_proxies_are_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(monkeypatch, {"HUB_TRUSTED_PROXIES": "10.0.0.0/8, 192.0.2.7, fd00::/8"})
    assert settings.trusted_proxies[1] == ip_network("192.0.2.7/32")
    assert [settings.trusts(p) for p in ("10.1.2.3", "192.0.2.7", "fd00::1")] == [True, True, True]
    assert [settings.trusts(p) for p in ("192.0.2.8", "::1", "", "not an address")] == [False] * 4


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("postgresql://u:p@h/hub", "postgresql+asyncpg://u:p@h/hub"),
        ("postgres://h/hub", "postgresql+asyncpg://h/hub"),
        ("sqlite:////srv/hub.db", "sqlite+aiosqlite:////srv/hub.db"),
        ("postgresql+asyncpg://h/hub", "postgresql+asyncpg://h/hub"),
    ],
)
def test_a_database_url_without_its_driver_is_understood(
    monkeypatch: pytest.MonkeyPatch, given: str, meant: str
) -> None:
    assert load(monkeypatch, {"HUB_DATABASE_URL": given}).database == meant


def test_a_public_url_loses_its_last_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load(monkeypatch, {"HUB_PUBLIC_URL": "https://hub.example.com/"}).base_url == "https://hub.example.com"


def test_secrets_do_not_show_in_the_settings_text(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(
        monkeypatch,
        {
            "HUB_SECRET_KEYS": "k1:hunter2",
            "HUB_DATABASE_URL": "postgresql://u:hunter2@h/hub",
            "HUB_BUS_URL": "nats://u:hunter2@h",
        },
    )
    assert "hunter2" not in repr(settings)


def test_a_process_does_its_part_or_all(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(HubSettings.load().does(part) for part in Part)
    workers = load(monkeypatch, {"HUB_ONLY": "workers"})
    assert [workers.does(part) for part in (Part.api, Part.workers, Part.connectors)] == [False, True, False]


def test_a_mistyped_variable_is_pointed_out(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("HUB_PORTT=1\n")
    environ = {"HUB_LOGLEVEL": "debug", "HUB_DATA_DIR": "x", "HUB_TEST_POSTGRES_URL": "y", "HOME": "z", "HUB_XYZZY": ""}
    assert unknown_variables(environ) == [
        "HUB_LOGLEVEL is not a setting of the hub. Did you mean HUB_LOG_LEVEL?",
        "HUB_PORTT is not a setting of the hub. Did you mean HUB_PORT?",
        "HUB_XYZZY is not a setting of the hub.",
    ]


def test_a_connector_without_variables_has_no_first_channel() -> None:
    assert first_channel(PAGER) is None


def test_a_connectors_first_channel_comes_from_its_own_variables(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("PAGER_TRIES=5\nHUB_PORT=1\n")
    monkeypatch.setenv("PAGER_TOKEN", "hunter2")
    monkeypatch.setenv("PAGER_AREAS", '["east", "west"]')
    assert first_channel(PAGER) == PagerSettings(token=SecretStr("hunter2"), tries=5, areas=["east", "west"])


def test_a_connectors_mistakes_name_its_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGER_TRIES", "0")
    with pytest.raises(SettingsInvalid) as caught:
        first_channel(PAGER)
    assert str(caught.value).splitlines()[1:] == [
        "  PAGER_TOKEN: it is required",
        "  PAGER_TRIES: it must be greater than or equal to 1",
    ]


def test_the_example_names_every_variable_with_its_default_and_meaning() -> None:
    text = env_example([PAGER])
    assert "# The pager company's token. Required.\n#PAGER_TOKEN=\n" in text
    assert "# How often it rings.\n#PAGER_TRIES=3\n" in text
    assert '#PAGER_AREAS=["north"]\n' in text
    assert "#PAGER_LOUD=true\n" in text
    assert all(f"\n#{name}=" in text for name in HubSettings.names().values())


def test_the_example_uncommented_is_the_default_hub(tmp_path: Path) -> None:
    lines = env_example([]).splitlines()
    (tmp_path / "all.env").write_text("\n".join(line[1:] for line in lines if line.startswith("#HUB_")))
    assert HubSettings.load(env_file=tmp_path / "all.env") == HubSettings.load()
