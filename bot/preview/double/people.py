"""What people do: type commands, complete options, press buttons, fill in forms, write messages."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Literal, TypeAlias, TypedDict, Unpack

from discord import Permissions

from bot.preview.double import interactions, messages
from bot.preview.double.gateway import Gateway
from bot.preview.double.interactions import Interaction, InteractionType
from bot.preview.double.messages import EPHEMERAL
from bot.preview.double.payloads import DIRECT, Payload
from bot.preview.double.rules import CHAT_INPUT, MESSAGE_MENU
from bot.preview.double.world import World

Wait: TypeAlias = Literal["done", "acked", "no"]
"""Until a deferred answer is filled in, until the first answer, or not at all."""

PATIENCE = 60.0
"""Seconds that one waits for an answer: long, as a slow machine is no fault of the bot's."""


class Scene(TypedDict, total=False):
    """Who does something, and where.

    `user` is a user payload (the moderator when not said), `dm` their direct messages with the bot, `channel`
    the id of a channel, `guild` the index of a guild whose first channel is meant. `permissions` overrides
    what the member may do; `user_install` says that only the user installed the bot, not the server.
    `timeout` is in seconds, `PATIENCE` when not said.
    """

    user: Payload
    dm: bool
    channel: str
    guild: int
    locale: str
    permissions: Permissions
    user_install: bool
    timeout: float
    wait: Wait


class People:
    """The people of this Discord, and what they can do with the bot."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self.world, self.gateway = world, gateway

    async def slash(self, line: str, options: Mapping[str, Any] | None = None, /, **more: Any) -> Interaction:
        """Run a command, `slash("asylum trend", {"origin": "CHI"}, dm=True)`.

        `more` are keys of `Scene` and, when `options` is not given, options: `slash("asylum trend",
        origin="CHI")`. The command must have been registered, and be shown to that user there. Values must
        be what Discord's client would let the user type: LookupError and ValueError say what is not.
        """
        scene: Any = {key: more.pop(key) for key in list(more) if key in Scene.__annotations__}
        names = line.removeprefix("/").split()
        command = self._command(names[0], CHAT_INPUT, scene)
        data = interactions.data(command, names[1:], self._options(options, more), self.world.find)
        return await self._act(InteractionType.COMMAND, data, scene)

    async def autocomplete(
        self,
        line: str,
        focused: str,
        value: str | float,
        options: Mapping[str, Any] | None = None,
        /,
        **more: Any,
    ) -> list[Payload]:
        """The choices offered while `value` stands in the option `focused`; the rest is as in `slash`."""
        scene: Any = {key: more.pop(key) for key in list(more) if key in Scene.__annotations__}
        names = line.removeprefix("/").split()
        command = self._command(names[0], CHAT_INPUT, scene)
        given = {**self._options(options, more), focused: value}
        data = interactions.data(command, names[1:], given, self.world.find, focused)
        return (await self._act(InteractionType.AUTOCOMPLETE, data, scene)).choices or []

    def _options(self, options: Mapping[str, Any] | None, more: dict[str, Any]) -> Mapping[str, Any]:
        if options is not None and more:
            raise TypeError(f"not both a mapping of options and {sorted(more)}")
        return options if options is not None else more

    async def context_menu(self, name: str, message: Payload, **scene: Unpack[Scene]) -> Interaction:
        """Choose an entry of a message's menu."""
        scene.setdefault("channel", message["channel_id"])
        command = self._command(name, MESSAGE_MENU, scene)
        data = {
            "id": command["id"],
            "name": name,
            "type": MESSAGE_MENU,
            "target_id": message["id"],
            "resolved": {"messages": {message["id"]: message}},
        }
        return await self._act(InteractionType.COMMAND, data, scene)

    async def click(
        self, message: Payload, custom_id: str, *, values: list[str] | None = None, **scene: Unpack[Scene]
    ) -> Interaction:
        """Press a button, or choose `values` in a select."""
        found = [c for c in messages.walk(message["components"]) if c.get("custom_id") == custom_id]
        if not found:
            raise LookupError(f"the message has no component {custom_id!r}")
        component = found[0]
        if component.get("disabled"):
            raise LookupError(f"{custom_id!r} is disabled and cannot be used")
        self._see(message, scene)
        data: Payload = {"custom_id": custom_id, "component_type": component["type"], "id": component["id"]}
        if values is not None:
            chosen = [(component["type"], value) for value in values]
            data["values"] = values
            data |= self._resolved(chosen)
        scene.setdefault("channel", message["channel_id"])
        current = self.world.messages[message["channel_id"]].get(message["id"], message)
        return await self._act(InteractionType.COMPONENT, data, scene, source=current)

    def _resolved(self, chosen: list[tuple[int, Any]]) -> Payload:
        """The users, channels and roles among what was chosen in selects; plain values bring nothing."""
        found = interactions.resolved(chosen, self.world.find, of="component")
        return {"resolved": found} if found else {}

    def _see(self, message: Payload, scene: Scene) -> None:
        asker = message.get("interaction_metadata", {}).get("user", {}).get("id")
        who = scene.get("user", self.world.moderator)["id"]
        if message["flags"] & EPHEMERAL and asker != who:
            raise LookupError("that message is private to somebody else")

    async def submit(
        self, opened: Interaction, values: Mapping[str, Any], **scene: Unpack[Scene]
    ) -> Interaction:
        """Send the form that `opened` brought, with the values by custom_id (lists for selects)."""
        if opened.modal is None:
            raise LookupError("no form was opened")
        chosen: list[tuple[int, Any]] = []

        def fill(component: Payload) -> Payload:
            out: Payload = {key: component[key] for key in ("type", "id", "custom_id") if key in component}
            if "component" in component:
                out["component"] = fill(component["component"])
            elif "components" in component:
                out["components"] = [fill(inner) for inner in component["components"]]
            elif component.get("custom_id") in values:
                value = values[component["custom_id"]]
                out["values" if isinstance(value, list) else "value"] = value
                chosen.extend((component["type"], v) for v in (value if isinstance(value, list) else ()))
            return out

        filled = [fill(c) for c in messages.number(opened.modal["components"])]
        data = {"custom_id": opened.modal["custom_id"], "components": filled}
        data |= self._resolved(chosen)
        scene.setdefault("user", opened.user)
        scene.setdefault("channel", opened.channel_id)
        return await self._act(InteractionType.MODAL, data, scene, source=opened.source, parent=opened)

    async def say(self, content: str, *, reply_to: Payload | None = None, **scene: Unpack[Scene]) -> Payload:
        """Write an ordinary message; the bot hears of it if its intents ask for messages."""
        body: Payload = {"content": content}
        if reply_to is not None:
            body["message_reference"] = {"message_id": reply_to["id"], "channel_id": reply_to["channel_id"]}
        who = scene.get("user", self.world.moderator)
        message = self.world.post(self._channel(scene)["id"], body, author=who)
        await self.gateway.publish()
        return message

    async def answered(self, message: Payload, *, timeout: float = PATIENCE) -> Payload:
        """The message with which the bot replies to that one; waits `timeout` seconds for it."""
        found: asyncio.Future[Payload] = asyncio.get_running_loop().create_future()

        def look(event: str, news: Payload) -> None:
            target = (news.get("message_reference") or {}).get("message_id")
            if event == "MESSAGE_CREATE" and target == message["id"] and not found.done():
                found.set_result(news)

        self.world.watchers.append(look)
        try:
            for known in list(self.world.messages[message["channel_id"]].values()):
                look("MESSAGE_CREATE", known)
            return await asyncio.wait_for(found, timeout)
        finally:
            self.world.watchers.remove(look)

    def commands_for(self, **scene: Unpack[Scene]) -> list[Payload]:
        """The commands and menu entries that the client would show to that user there."""
        channel = self._channel(scene)
        allowed, direct = self._allowed(channel, scene), channel["type"] == DIRECT
        places = [None] if direct else [None, channel["guild_id"]]
        known = [command for place in places for command in self.world.commands.get(place, [])]
        return [c for c in known if interactions.shown(c, allowed, direct=direct)]

    def _command(self, name: str, kind: int, scene: Scene) -> Payload:
        registered = [c for cs in self.world.commands.values() for c in cs if c["type"] == kind]
        if name not in {c["name"] for c in registered}:
            raise LookupError(f"the bot has registered no command {name!r}")
        shown = [c for c in self.commands_for(**scene) if (c["name"], c["type"]) == (name, kind)]
        if not shown:
            raise LookupError(f"the command {name!r} is not shown to this user there")
        return shown[0]

    def _channel(self, scene: Scene) -> Payload:
        if "channel" in scene:
            return self.world.channels[scene["channel"]]
        if scene.get("dm"):
            return self.world.dm(scene.get("user", self.world.moderator))
        return self.world.channels[self.world.guilds[scene.get("guild", 0)]["channels"][0]["id"]]

    def _allowed(self, channel: Payload, scene: Scene) -> Permissions:
        who = scene.get("user", self.world.moderator)
        return scene.get("permissions") or self.world.allowed(channel, who["id"])

    async def _act(
        self,
        kind: InteractionType,
        data: Payload,
        scene: Scene,
        *,
        source: Payload | None = None,
        parent: Interaction | None = None,
    ) -> Interaction:
        world, channel = self.world, self._channel(scene)
        who, guild = scene.get("user", world.moderator), world.guild_of(channel)
        by_server = {"0": guild["id"] if guild else "0"}
        iid = world.ids.next()
        it = Interaction(
            id=iid,
            token=f"{iid}-{'x' * 60}",
            kind=kind,
            born=world.now(),
            channel=channel,
            user=who,
            owners={"1": who["id"]} if scene.get("user_install") else by_server,
            data=data,
            source=source,
            parent=parent,
        )
        world.remember(it)
        body = interactions.payload(
            it,
            world.app,
            guild,
            allowed=self._allowed(channel, scene),
            mine=world.allowed(channel, world.bot["id"]),
            locale=scene.get("locale", "en-US"),
            size_limit=world.conduct.attachment_limit,
        )
        timeout = scene.get("timeout", PATIENCE)
        await asyncio.wait_for(self.gateway.connected.wait(), timeout)
        await self.gateway.emit("INTERACTION_CREATE", body, guild["id"] if guild else None)
        wait = scene.get("wait", "done")
        if wait != "no":
            event = it.done if wait == "done" else it.acknowledged
            await asyncio.wait_for(event.wait(), timeout)
        return it
