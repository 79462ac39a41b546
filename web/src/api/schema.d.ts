/** Made by `npm run schema` from the hub's OpenAPI document. Do not edit. */

export interface paths {
    "/articles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List articles, the newest first */
        get: operations["list_articles"];
        put?: never;
        /** Write an article */
        post: operations["create_article"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/articles/{article_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return an article with how often it was given and how often it helped */
        get: operations["get_article"];
        put?: never;
        post?: never;
        /** Delete an article with its counts */
        delete: operations["delete_article"];
        options?: never;
        head?: never;
        /** Change an article */
        patch: operations["change_article"];
        trace?: never;
    };
    "/assistant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell whether the assistant helps now, and what today (UTC) used up */
        get: operations["get_assistant"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assistant/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the calls of the model, the newest first: all that left the house, and all that came back */
        get: operations["list_assistant_calls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assistant/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask the endpoint to shorten a short text, as a trial. It counts and is written down as any call */
        post: operations["check_assistant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assistant/help": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have the assistant draft, shorten, translate or summarise. Nothing goes out: a person reads and sends it
         * @description Give `call_id` with what is made of the text (`assistant_call_id` of a reply, a note, a draft), so that the mark of
         *     AI stays with it.
         */
        post: operations["ask_assistant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assistant/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return where the model is and what it may cost */
        get: operations["get_assistant_settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change the assistant's settings, or switch it on or off */
        patch: operations["change_assistant_settings"];
        trace?: never;
    };
    "/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload a file, to be given to a message afterwards. The body is the file itself
         * @description With `voice` it is a recording: sent as a voice note where the channel knows such, else as a file.
         */
        post: operations["upload_attachment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/attachments/{attachment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return a file; ranges and If-None-Match are understood */
        get: operations["get_attachment"];
        put?: never;
        post?: never;
        /** Throw away a file one uploaded and sent to nobody */
        delete: operations["discard_attachment"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/attachments/{attachment_id}/playable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return sound in a form every browser plays: the file itself, or an MP3 made of it once */
        get: operations["get_playable"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/attachments/{attachment_id}/thumbnail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return a picture's small version */
        get: operations["get_thumbnail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/attachments/{attachment_id}/trouble": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say why a file could not be fetched: what `error` says in English, in the caller's language */
        get: operations["get_file_trouble"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the bot that calls */
        get: operations["get_own_bot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bot/conversations/{conversation_id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give the conversation to a team or a person; the bot goes on speaking */
        post: operations["bot_assign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bot/conversations/{conversation_id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Resolve the conversation: the bot was all it needed */
        post: operations["bot_close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bot/conversations/{conversation_id}/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Fill a field of this conversation's contact */
        post: operations["bot_set_field"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bot/conversations/{conversation_id}/hand-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand over to humans, with words for them as a note */
        post: operations["bot_hand_over"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bot/conversations/{conversation_id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write a note for colleagues */
        post: operations["bot_write_note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bot/conversations/{conversation_id}/replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say something to the customer. 409 once a human or another bot has the word: then say no more */
        post: operations["bot_reply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bot/conversations/{conversation_id}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give the conversation a tag */
        post: operations["bot_add_tag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bot/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the calling bot's events after a `seq`, oldest first: for a bot that lost its connection */
        get: operations["list_own_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bot/events/{event_id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that the bot has an event; it must do something within its answer time then. Any call does the same */
        post: operations["acknowledge_event"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bot/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a file, to be named in replies: as often as the bot likes. The body is the file itself */
        post: operations["upload_bot_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bot/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a bot's events by WebSocket, as they are posted to webhooks: one JSON text for each
         * @description `after` is the `seq` of the last event the bot has; without it those it still owes something for come first. The bot
         *     sends `{"acknowledge": "<event id>"}` for each; what it wants done it calls.
         */
        get: operations["bot_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bots/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say what is wrong with a graph while it is drawn */
        post: operations["check_flow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bots/flows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the flows by name */
        get: operations["list_flows"];
        put?: never;
        /** Make a flow; also the import of one that was exported */
        post: operations["create_flow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bots/flows/{flow_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Give a flow with its draft and what is wrong with it */
        get: operations["get_flow"];
        put?: never;
        post?: never;
        /** Delete a flow that is not at work, with its versions, rules and counts */
        delete: operations["delete_flow"];
        options?: never;
        head?: never;
        /** Save a draft, a name. A draft may be half drawn; what is wrong with it is in the answer */
        patch: operations["change_flow"];
        trace?: never;
    };
    "/bots/flows/{flow_id}/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Give the counts per step of a version; without one, of the version at work or the last that was */
        get: operations["get_flow_counts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bots/flows/{flow_id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Give the draft as a file that another hub imports */
        get: operations["export_flow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bots/flows/{flow_id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put the draft to work as a new version; customers under way end in theirs */
        post: operations["publish_flow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bots/flows/{flow_id}/roll-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put an earlier version to work again, as a new one; the draft stays as it is */
        post: operations["roll_back_flow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bots/flows/{flow_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what was published, newest first */
        get: operations["list_flow_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bots/flows/{flow_id}/versions/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Give the graph of a version */
        get: operations["get_flow_version"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bots/flows/{flow_id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a flow from work; customers under way end in it */
        post: operations["withdraw_flow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bots/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the rules in the order in which they are tried */
        get: operations["list_bot_rules"];
        put?: never;
        /** Make a rule */
        post: operations["create_bot_rule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bots/rules/{rule_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a rule; what it woke goes on */
        delete: operations["delete_bot_rule"];
        options?: never;
        head?: never;
        /** Change a rule; switch it on or off */
        patch: operations["change_bot_rule"];
        trace?: never;
    };
    "/bots/schema": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Give the JSON Schema of flows */
        get: operations["get_flow_schema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bots/simulate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Talk with a draft as a customer; nothing is stored, nothing is sent */
        post: operations["simulate_flow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bots/starters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the ready flows */
        get: operations["list_starters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calendars": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the calendars, by name */
        get: operations["list_calendars"];
        put?: never;
        /** Make a calendar */
        post: operations["create_calendar"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calendars/{calendar_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return a calendar */
        get: operations["get_calendar"];
        put?: never;
        post?: never;
        /** Take a calendar out of the list. It must not be in use; what was measured by it stays as it was */
        delete: operations["delete_calendar"];
        options?: never;
        head?: never;
        /** Edit a calendar: a new version from now on */
        patch: operations["change_calendar"];
        trace?: never;
    };
    "/calendars/{calendar_id}/closed-days": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add the all-day events of an iCalendar file (.ics) as closed days */
        post: operations["import_closed_days"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calendars/{calendar_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a calendar's versions, the newest first */
        get: operations["list_calendar_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/call-numbers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return figures of calls by the definitions of docs/metrics.md: the last seven days unless a period is given
         * @description Agents see their own; `within` is the service level's seconds, `timezone_minutes` shifts the hours of the day.
         */
        get: operations["get_call_numbers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/call-plans/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say all that is wrong with a plan, without saving it */
        post: operations["check_call_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/call-plans/first": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the plan a new line begins with */
        get: operations["get_first_call_plan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List calls, the newest first */
        get: operations["list_calls"];
        put?: never;
        /** Place a call. The number is checked against the rules of dialling; repeating the id places nothing new */
        post: operations["place_call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{call_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return one call with its legs */
        get: operations["get_call"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Say what came of a call. Notes belong to its conversation */
        patch: operations["change_call"];
        trace?: never;
    };
    "/calls/{call_id}/calibration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Compare the reviews of a call, question by question */
        get: operations["compare_reviews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{call_id}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change a live call of one's own: hold, transfer, record … Managers may change any, and listen in */
        post: operations["control_call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{call_id}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the comments you may see, by their place in the recording */
        get: operations["list_comments"];
        put?: never;
        /** Comment on a second or a range, or answer a comment. Agents answer those they may see */
        post: operations["write_comment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{call_id}/pop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return what an agent wants to know before answering: the name, what was last, what is open */
        get: operations["get_call_pop"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{call_id}/recordings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a call's recordings with what you may do with them, in the order they began */
        get: operations["list_recordings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{call_id}/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a call's reviews as far as you may see them: drafts are their reviewer's, calibrations are blind */
        get: operations["list_reviews"];
        put?: never;
        /** Begin your review of a call; you have one of each call, and get it again */
        post: operations["begin_review"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List our channels */
        get: operations["list_channels"];
        put?: never;
        /** Connect an account. Unless `check=false`, its settings are tried first and nothing is saved if they fail */
        post: operations["create_channel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return one channel */
        get: operations["get_channel"];
        put?: never;
        post?: never;
        /** Delete a channel that never had a conversation; switch others off instead */
        delete: operations["delete_channel"];
        options?: never;
        head?: never;
        /** Change a channel. Unless `check=false`, new settings are tried first */
        patch: operations["change_channel"];
        trace?: never;
    };
    "/channels/{channel_id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try a channel's credentials now */
        post: operations["check_channel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/phone-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Return what the agent's browser phone logs in with on a channel. Ask again before it expires */
        post: operations["get_phone_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/recording-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the rules of a line's recordings; the defaults where nobody set any */
        get: operations["get_recording_rules"];
        /** Set how long a line's recordings are kept, who hears them, and a legal hold on all of them */
        put: operations["set_recording_rules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/recovered/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take the notice away that says how many messages reconciling found; the ledger keeps its count */
        post: operations["dismiss_recovered"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/restart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start a channel's account afresh, on whichever node serves it */
        post: operations["restart_channel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Look at every step between the hub and the provider and say which is missing. Changes nothing; takes seconds */
        get: operations["look_at_setup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a channel's templates */
        get: operations["list_templates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{channel_id}/templates/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read a channel's templates from the provider now. If that fails, the old ones stay and `problem` says why */
        post: operations["refresh_templates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/comments/{comment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete your own comment with its answers */
        delete: operations["delete_comment"];
        options?: never;
        head?: never;
        /** Change the words of your own comment */
        patch: operations["edit_comment"];
        trace?: never;
    };
    "/comments/{comment_id}/resolved": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Mark a thread as done, or open it again */
        put: operations["resolve_comment"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/comments/mentions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the comments you are mentioned in, newest first */
        get: operations["list_mentions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connectors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the connectors a channel can be made with. The words of their forms are in the caller's language */
        get: operations["list_connectors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connectors/{key}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try settings before they are saved */
        post: operations["check_settings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contact-points/{contact_point_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove an address with which no message was exchanged */
        delete: operations["remove_contact_point"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contact-points/{contact_point_id}/unblock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Allow writing to an address again that was marked as unreachable */
        post: operations["unblock_contact_point"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List contacts by name, address or company */
        get: operations["list_contacts"];
        put?: never;
        /** Add a contact by hand */
        post: operations["create_contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contact_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return a contact with all that was merged into it; of a merged one, the contact it is shown as */
        get: operations["get_contact"];
        put?: never;
        post?: never;
        /** Erase a contact with all conversations and files. Cannot be undone */
        delete: operations["delete_contact"];
        options?: never;
        head?: never;
        /** Change what we know of a contact */
        patch: operations["change_contact"];
        trace?: never;
    };
    "/contacts/{contact_id}/card": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return how a contact and we write to each other: channels, usual reply, best hour */
        get: operations["get_contact_card"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contact_id}/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all conversations with a contact, the newest first */
        get: operations["list_contact_conversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contact_id}/duplicates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Suggest contacts that may be the same person, with the reason, the likeliest first */
        get: operations["list_duplicates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contact_id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what was decided about who this is, the newest first */
        get: operations["list_identity_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contact_id}/keep": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep a provisional contact for good */
        post: operations["keep_contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contact_id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show another contact as this one. Can be undone */
        post: operations["merge_contacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contact_id}/never-merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that two contacts are two people: they are not suggested again. Can be undone */
        post: operations["never_merge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contact_id}/points": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add an address to a contact; one it has already changes nothing */
        post: operations["add_contact_point"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contact_id}/ratings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what a contact answered, with all merged into it, the newest first; at most 20 */
        get: operations["list_contact_ratings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contact_id}/split": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move addresses of a contact, with their conversations, to a new contact. Can be undone */
        post: operations["split_contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contact_id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return a page of a contact's life across channels: the newest page first, each in order of time */
        get: operations["get_timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversation-merges/{merge_id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make two conversations of one again: what was said before the merge goes back, what came after it stays */
        post: operations["undo_conversation_merge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List conversations
         * @description Without `state`: those that are open or pending. `sort=waiting` puts the customer who waits longest first, `due`
         *     what is due soonest. `at_risk`: those with a target whose time is nearly up, or up; always the soonest due first.
         */
        get: operations["list_conversations"];
        put?: never;
        /** Write first to somebody, where the channel allows it */
        post: operations["start_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{conversation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return one conversation */
        get: operations["get_conversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change state, assignee, team, priority, tags or subject */
        patch: operations["change_conversation"];
        trace?: never;
    };
    "/conversations/{conversation_id}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Keep what this user has begun to write; an empty draft is deleted */
        put: operations["save_draft"];
        post?: never;
        /** Throw this user's draft away */
        delete: operations["delete_draft"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{conversation_id}/dues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the targets that run in a conversation */
        get: operations["list_conversation_dues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{conversation_id}/give-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give the word to a bot: a flow begins, or the last one goes on */
        post: operations["give_back"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{conversation_id}/interactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return a page of the thread: the newest page first, each page in order of time */
        get: operations["list_interactions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{conversation_id}/macros": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the macros that fit a conversation: the caller's own first, then the most used */
        get: operations["list_fitting_macros"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{conversation_id}/macros/{macro_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return what a macro would do in a conversation; nothing is done */
        get: operations["preview_macro"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{conversation_id}/macros/{macro_id}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Carry a macro out with the caller's own rights. What cannot be done is said and stops nothing else */
        post: operations["run_macro"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{conversation_id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make another conversation part of this one; its waits are those of the whole from now on. Can be undone */
        post: operations["merge_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{conversation_id}/mergeable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the conversations that may become part of this one: same channel, same address; the newest 50 */
        get: operations["list_mergeable"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{conversation_id}/merges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the merges into this conversation and of it, the newest first; those undone, too */
        get: operations["list_merges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{conversation_id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write a note that only colleagues see */
        post: operations["write_note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{conversation_id}/outside-bot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a conversation to a bot outside by hand: it is told, and must speak or hand over in its time */
        post: operations["give_to_outside_bot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{conversation_id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that this user has seen everything up to now; the customer learns it where the channel can tell */
        post: operations["mark_read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{conversation_id}/related/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm that the conversation belongs to the related one */
        post: operations["accept_related"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{conversation_id}/related/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that the related conversation is another matter */
        post: operations["dismiss_related"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{conversation_id}/replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a reply */
        post: operations["reply_to_customer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{conversation_id}/saved-replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the replies for a conversation's channel and team, filled in: its language's first, then the most used
         * @description `language` asks for another language than the customer's.
         */
        get: operations["list_fitting_replies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{conversation_id}/spam": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that nobody waited here: resolves the conversation without counting a wait */
        post: operations["mark_spam"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{conversation_id}/speaker": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say who speaks, and what a bot has learned */
        get: operations["get_speaker"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{conversation_id}/take-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop the bot at once: it says nothing more, not even what it has queued */
        post: operations["take_over"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{conversation_id}/try-rule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say what a rule would do in a conversation now, as if the customer's newest message had just come */
        post: operations["try_rule_here"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{conversation_id}/typing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show colleagues, and the customer where the channel can, that this user is writing. Repeat every 4 s */
        post: operations["show_typing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count the conversations of each view */
        get: operations["count_conversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/debts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the missed-contact board: open ones by when they are due, or settled ones, the newest first */
        get: operations["list_debts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/debts/{debt_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Take a debt, give it back, or say that nothing is owed. Any contact on any channel settles it by itself */
        patch: operations["change_debt"];
        trace?: never;
    };
    "/debts/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count the open debts, and those overdue */
        get: operations["count_debts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deletions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the records of deletions in their order, each bound to the one before by its hash, and check them all */
        get: operations["list_deletions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deliveries/{delivery_id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that an unclear message did arrive */
        post: operations["confirm_delivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deliveries/{delivery_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List everything that was learned about a delivery, in order */
        get: operations["list_delivery_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deliveries/{delivery_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a failed or unclear message again */
        post: operations["retry_delivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dialling": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return which numbers may be dialled */
        get: operations["get_dialling"];
        /** Say which numbers may be dialled, and how many calls one agent may place */
        put: operations["change_dialling"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what is due, the soonest first; `breached=true` only what is late, `false` only what still can be met */
        get: operations["list_dues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dues/risk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count what is due, by channel and what it is about: for a wallboard */
        get: operations["get_risk"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the caller's exports, the newest first. They are kept for seven days */
        get: operations["list_exports"];
        put?: never;
        /** Ask for a file of the waits behind a figure. It is made in the background; ask for its state until it is done */
        post: operations["start_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/{export_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return how far an export is */
        get: operations["get_export"];
        put?: never;
        post?: never;
        /** Delete an export and its file */
        delete: operations["delete_export"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exports/{export_id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the file */
        get: operations["get_export_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holidays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a country's public holidays of a year: what a calendar of that country closes on */
        get: operations["list_holidays"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holidays/countries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the countries whose public holidays are known */
        get: operations["list_holiday_countries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hook-deliveries/{delivery_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a delivery once more */
        post: operations["retry_hook_delivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the outgoing webhooks */
        get: operations["list_hooks"];
        put?: never;
        /** Add a webhook. Its secret is told once: repeating the request gives null in its place */
        post: operations["create_hook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hooks/{hook_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a webhook and its log */
        delete: operations["delete_hook"];
        options?: never;
        head?: never;
        /** Change a webhook, or switch it on or off */
        patch: operations["change_hook"];
        trace?: never;
    };
    "/hooks/{hook_id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what was sent to a webhook, the newest first */
        get: operations["list_hook_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List who keeps which calendar now. Who is not named keeps none of their own */
        get: operations["list_hours"];
        /** Choose a calendar for a channel, a team, an agent's shift or the company, from now on */
        put: operations["choose_hours"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity-changes/{change_id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a merge, a split or a "never merge" back */
        post: operations["undo_identity_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/interactions/{interaction_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return one entry of the timeline */
        get: operations["get_interaction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/interactions/{interaction_id}/html": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return a message's HTML as a page for a sandboxed frame
         * @description Without `images` nothing is loaded from elsewhere: the sender would learn that, when and where it is read.
         */
        get: operations["get_html"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/interactions/{interaction_id}/raw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the raw event a message came from, byte for byte */
        get: operations["get_raw_of_interaction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/interactions/{interaction_id}/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a message's earlier wordings, the oldest first */
        get: operations["list_revisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/interactions/{interaction_id}/undo-macro": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back what a macro changed and nobody has changed since; what was written or sent stays */
        post: operations["undo_macro"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/knowledge/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return all articles as a CSV file that spreadsheets open */
        get: operations["export_articles"];
        put?: never;
        /**
         * Add and change articles as a CSV file says (the body); articles it does not name stay
         * @description With `dry_run` nothing is written: the answer says what would happen, and which lines have a problem.
         */
        post: operations["import_articles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/knowledge/matches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return the articles most alike to a question, the best first, with how alike they are (0 to 1)
         * @description A bot gives the first if it reaches the flow's threshold, 0.4 unless the flow says otherwise. `language` picks the
         *     translation. Counts are as old as the last change of any article.
         */
        get: operations["match_articles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/knowledge/questions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what customers asked bots, the newest first; `answered=false` shows which articles are missing */
        get: operations["list_asked_questions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return what was received, stored, shown and not understood, per channel */
        get: operations["get_ledger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the lines, by name */
        get: operations["list_lines"];
        put?: never;
        /** Make a line for a number, or for all numbers of a channel that have none */
        post: operations["create_line"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/lines/{line_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return a line */
        get: operations["get_line"];
        put?: never;
        post?: never;
        /** Delete a line with its versions; its calls stay */
        delete: operations["delete_line"];
        options?: never;
        head?: never;
        /** Rename a line, give it another number or team (null for the channel's), or switch it on or off */
        patch: operations["change_line"];
        trace?: never;
    };
    "/lines/{line_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all versions of a line's plan, the newest first */
        get: operations["list_line_versions"];
        put?: never;
        /** Save a plan. New calls follow it; calls in progress keep the version they began with */
        post: operations["save_line_version"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/lines/{line_id}/versions/{version}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make an older version the newest again */
        post: operations["restore_line_version"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow what happens, by WebSocket
         * @description Frames of the server are the schema `ServerFrame`, those of the client `ClientFrame`. `after` is the `seq` of the
         *     last frame the client applied: it is told everything since, or told to reload if that is too long ago. Without
         *     `after` it is told what happens from now on.
         */
        get: operations["live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/macros": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List everybody's macros and the caller's own, by name */
        get: operations["list_macros"];
        put?: never;
        /** Make a macro; a shared one needs the right `macros_write` */
        post: operations["create_macro"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/macros/{macro_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a macro; what was counted stays */
        put: operations["change_macro"];
        post?: never;
        /** Delete a macro; what was done by it stays */
        delete: operations["delete_macro"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/macros/schema": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the JSON Schema of a list of actions, as macros and rules have them */
        get: operations["get_action_schema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/outside-bots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the bots outside */
        get: operations["list_outside_bots"];
        put?: never;
        /** Add a bot. Its token and secret are told once: repeating the request gives null in their place */
        post: operations["create_outside_bot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/outside-bots/{bot_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a bot, its token and the log of what it was told */
        delete: operations["delete_outside_bot"];
        options?: never;
        head?: never;
        /** Change a bot, or switch it on or off. Where one that is off has the floor, humans get the next message */
        patch: operations["change_outside_bot"];
        trace?: never;
    };
    "/outside-bots/{bot_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what a bot was told, the newest first, and what became of it */
        get: operations["list_bot_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/outside-bots/{bot_id}/renew": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a bot a new token and a new secret; the old ones end at once */
        post: operations["renew_outside_bot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check the installation */
        get: operations["get_overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/playlists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List playlists with their clips, by name; agents see those that are shared */
        get: operations["list_playlists"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/playlists/{playlist_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Make a playlist under an id of yours, or change its name and who hears it */
        put: operations["save_playlist"];
        post?: never;
        /** Delete a playlist; its calls stay */
        delete: operations["delete_playlist"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/playlists/{playlist_id}/clips": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Keep these clips in this order and no others: adds, removes, renames and sorts at once */
        put: operations["save_clips"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/playlists/{playlist_id}/clips/{clip_id}/audio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the sound of one clip, its seconds and no others; each time is a line of the play log */
        get: operations["hear_clip"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the log of who played, downloaded or was refused what, newest first */
        get: operations["list_plays"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plays/{play_id}/heard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Add seconds that were heard to your play; players tell every few seconds and at the end */
        put: operations["tell_heard"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portraits/{portrait_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return a person's portrait; a new one has a new id */
        get: operations["get_portrait"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/presence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List how everybody stands */
        get: operations["list_presence"];
        /** Choose to be available or away. Being on a call shows by itself */
        put: operations["choose_presence"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/presence/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set the phones one is rung on: all of them ring at once */
        put: operations["set_devices"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/raw-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List raw events, the newest first */
        get: operations["list_raw_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/raw-events/{seq}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return a raw event, byte for byte */
        get: operations["get_raw_event"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/raw-events/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read raw events again, after a fix. What is on the timeline already is not doubled */
        post: operations["replay_raw_events"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recording-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the rules of the lines that have any of their own, and whether transcripts can be made */
        get: operations["list_recording_rules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recordings/{recording_id}/audio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Stream a recording to a player: agent left, customer right. Ranges are understood once it is all there */
        get: operations["stream_recording"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recordings/{recording_id}/deletion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the record that a recording was deleted */
        get: operations["get_deletion"];
        put?: never;
        /** Delete a recording, its key first, and return the record that proves it. A legal hold answers 409 */
        post: operations["delete_recording"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recordings/{recording_id}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return a recording as a file, as the provider gave it; its name carries the number of its line in the log */
        get: operations["download_recording"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recordings/{recording_id}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Put one recording under legal hold: neither a rule nor a person deletes it */
        put: operations["hold_recording"];
        post?: never;
        /** End the legal hold on one recording */
        delete: operations["release_recording"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recordings/{recording_id}/plays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that you are about to play or download, and why; it is logged, and so is a refusal
         * @description The id it returns is what the sound is asked for with.
         */
        post: operations["begin_play"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recordings/{recording_id}/redaction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have card and id numbers taken out of words and sound for good */
        post: operations["ask_for_redaction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recordings/{recording_id}/transcript": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return what was said, by speaker and time. Who may play the recording may read it */
        get: operations["get_transcript"];
        put?: never;
        /** Have the transcript made, or made anew: edits are lost. It comes in a while, told as `recording_changed` */
        post: operations["ask_for_transcript"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recordings/{recording_id}/transcript/lines/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Correct a line; its earlier wording stays in the history */
        put: operations["edit_line"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recordings/{recording_id}/transcript/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the earlier wordings of a transcript's lines, in the order they were replaced */
        get: operations["list_line_revisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recordings/{recording_id}/waveform": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the waveform of both lanes, and talk ratio, silences and interruptions. Not there yet is 404 */
        get: operations["get_waveform"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/breakdown": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the figures by channel, team, agent, tag or source, the busiest first */
        get: operations["get_breakdown"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return on which channel customers write most, and answer us */
        get: operations["list_preferred_channels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/dashboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return all of a manager's dashboard: figures, by channel, team and agent, over time, by hour of the week
         * @description Agents get their own figures. A figure of nothing is null, never 0; times are seconds.
         */
        get: operations["get_dashboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the messages or calls behind a figure, the newest first
         * @description Give the same filter as to the dashboard: the list has exactly the entries the figure counted.
         */
        get: operations["list_report_entries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all figures with what they mean */
        get: operations["list_figures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/mine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the caller's own figures and what they have on the table now */
        get: operations["get_my_figures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/ratings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the ratings behind the figures, the newest first. Not `answered`: also those nobody answered */
        get: operations["list_ratings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/ratings.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the ratings of a period as a file, answered or not; the newest 100,000 */
        get: operations["get_ratings_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/satisfaction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return how satisfied customers were who were asked within a period. Agents get their own figures */
        get: operations["get_satisfaction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/saved": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the caller's saved reports and those shared with everybody, by name */
        get: operations["list_saved_reports"];
        put?: never;
        /** Keep a report. Sharing it and sending it by mail need the right `reports_write` */
        post: operations["save_report"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/saved/{report_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a saved report */
        delete: operations["delete_saved_report"];
        options?: never;
        head?: never;
        /** Change a saved report */
        patch: operations["change_saved_report"];
        trace?: never;
    };
    "/reports/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return how figures went step by step, with the backlog at each step's end
         * @description Without `step` it fits the period. More than 800 steps are refused.
         */
        get: operations["get_series"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/trust": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return when figures were last compared with the messages, what was found, and what is still to be counted */
        get: operations["get_trust"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/trust/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Compare a random sample of hours with the messages now; what differs is counted anew */
        post: operations["check_reports"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/trust/recount": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have every hour counted anew, while the hub serves; `behind` tells how many are left */
        post: operations["recount_reports"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/waits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the waits behind a figure, the newest first, each with the messages that began and ended it
         * @description Give the same filter as to the dashboard: the list has exactly the waits the figure was made of. `at_least` leaves
         *     out those of which it counts fewer seconds.
         */
        get: operations["list_report_waits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/workload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return how much each agent had to do: conversations handled step by step, and how many at once
         * @description Of a long period its last 35 days. Agents get their own. Not by tag or source.
         */
        get: operations["get_workload"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List reviews of an agent's calls, newest first: your own unless you review calls and name somebody */
        get: operations["list_reviews_about"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reviews/{review_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return a review with its answers and what happened to it */
        get: operations["get_review"];
        /** Save your answers; after submitting, the agent sees that you corrected them */
        put: operations["fill_in_review"];
        post?: never;
        /** Discard your own draft */
        delete: operations["discard_review"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reviews/{review_id}/appeal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for another look at a review of your own call, once, saying why */
        post: operations["appeal_review"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reviews/{review_id}/reply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer a review of your own call */
        post: operations["reply_to_review"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reviews/{review_id}/settle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decide an appeal, saying why: the score stands, or new answers take its place */
        post: operations["settle_appeal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reviews/{review_id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show your review to the agent; every mandatory question has to be answered */
        post: operations["submit_review"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reviews/call-scores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return what reviews say of these calls, for those that were reviewed or commented on. Agents get their own */
        get: operations["list_call_scores"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reviews/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List calls to review. `queue` is the id of a saved queue or the key of a standard one; else the filters count
         * @description Agents see their own calls.
         */
        get: operations["list_review_calls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reviews/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the queues: those every hub has, then saved ones, each with how many calls are in it */
        get: operations["list_queues"];
        put?: never;
        /** Save a queue */
        post: operations["create_queue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reviews/queues/{queue_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change one's own queue */
        put: operations["change_queue"];
        post?: never;
        /** Delete one's own queue */
        delete: operations["delete_queue"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the rules in the order in which they look */
        get: operations["list_rules"];
        put?: never;
        /** Make a rule below the others, switched off */
        post: operations["create_rule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rules/{rule_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return a rule */
        get: operations["get_rule"];
        /** Edit a rule into a new version; from now on it does what this one says */
        put: operations["change_rule"];
        post?: never;
        /** Delete a rule with its versions and its log; what it did stays done */
        delete: operations["delete_rule"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rules/{rule_id}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what a rule did, newest first; lines are kept for 90 days */
        get: operations["list_rule_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rules/{rule_id}/roll-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make an earlier version the newest again */
        post: operations["roll_back_rule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rules/{rule_id}/switch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Switch a rule on or off. What happened while it was off does not concern it */
        post: operations["switch_rule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rules/{rule_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a rule's versions, newest first */
        get: operations["list_rule_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rules/order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set the order in which rules look; each is named once */
        put: operations["order_rules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rules/schema": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the JSON Schema of what a rule says */
        get: operations["get_rule_schema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rules/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look through a stretch of the last week for what a rule would have done. Nothing is done */
        post: operations["try_rule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/saved-replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all saved replies by name, with how often each was used */
        get: operations["list_saved_replies"];
        put?: never;
        /** Write a saved reply. A variable nobody knows is refused, with the one most likely meant */
        post: operations["create_saved_reply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/saved-replies/{reply_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return a saved reply */
        get: operations["get_saved_reply"];
        /** Change a saved reply; its uses stay counted */
        put: operations["change_saved_reply"];
        post?: never;
        /** Delete a saved reply; what was written with it stays */
        delete: operations["delete_saved_reply"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/saved-replies/{reply_id}/use": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Count that a reply was inserted into a message */
        post: operations["count_reply_use"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scorecards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List scorecards by name, the newest version of each; with `all` also those no longer in use */
        get: operations["list_scorecards"];
        put?: never;
        /** Make a scorecard. Weights of sections, and of the questions in each, make 100 */
        post: operations["create_scorecard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scorecards/{scorecard_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return a scorecard, the newest version unless one is named */
        get: operations["get_scorecard"];
        /** Save the next version. Reviews keep the version they were scored by */
        put: operations["change_scorecard"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Take a scorecard out of use, or back into it */
        patch: operations["use_scorecard"];
        trace?: never;
    };
    "/scorecards/{scorecard_id}/score": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Return what answers would earn; nothing is saved */
        post: operations["try_scorecard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scorecards/{scorecard_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return all versions of a scorecard, the newest first */
        get: operations["list_scorecard_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return scores over time, by default of the last 30 days. A period without reviews has no mean, never 0 */
        get: operations["list_scores"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scores.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the reviews that count as CSV: one line each, one column for each question */
        get: operations["export_scores"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find messages by their words, the newest first. The last word may be a beginning */
        get: operations["search_messages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say who is signed in */
        get: operations["get_session"];
        put?: never;
        /** Sign in. Sets the session cookie */
        post: operations["sign_in"];
        /** Sign out */
        delete: operations["sign_out"];
        options?: never;
        head?: never;
        /** Change one's own name or language */
        patch: operations["change_profile"];
        trace?: never;
    };
    "/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change one's own password. Ends all sessions and starts a new one */
        post: operations["change_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/surveys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the surveys in the order in which they are tried */
        get: operations["list_surveys"];
        put?: never;
        /** Make a survey */
        post: operations["create_survey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/surveys/{survey_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a survey. Who was asked already answers as they were asked */
        put: operations["change_survey"];
        post?: never;
        /** Delete a survey; what was answered stays */
        delete: operations["delete_survey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/surveys/order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set the order in which surveys are tried */
        put: operations["order_surveys"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/surveys/words": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what the hub says by itself, by language */
        get: operations["list_survey_words"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the targets in the order in which they are tried */
        get: operations["list_targets"];
        /** Set the order in which targets are tried */
        put: operations["order_targets"];
        /** Make a target */
        post: operations["create_target"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/targets/{target_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a target out of the list. What runs by it ends by it, and what was measured stays */
        delete: operations["delete_target"];
        options?: never;
        head?: never;
        /** Edit a target: a new version from now on */
        patch: operations["change_target"];
        trace?: never;
    };
    "/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the teams */
        get: operations["list_teams"];
        put?: never;
        /** Make a team */
        post: operations["create_team"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{team_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a team; its conversations have none then */
        delete: operations["delete_team"];
        options?: never;
        head?: never;
        /** Change a team's name or members */
        patch: operations["change_team"];
        trace?: never;
    };
    "/teams/{team_id}/routing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say how a team's conversations come to its agents */
        get: operations["get_team_routing"];
        /** Set how a team's conversations come to its agents: those who are available, within their room for more */
        put: operations["set_team_routing"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the tokens of programs */
        get: operations["list_tokens"];
        put?: never;
        /** Make a token. Nobody can hand on a right they do not have */
        post: operations["create_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tokens/{token_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a program's access at once */
        delete: operations["revoke_token"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/transcripts/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find what was said by its words, newest first. Agents find their own calls */
        get: operations["search_transcripts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List everybody who works or worked here */
        get: operations["list_users"];
        put?: never;
        /** Let somebody in */
        post: operations["create_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a user */
        patch: operations["change_user"];
        trace?: never;
    };
    "/users/{user_id}/presence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set somebody else to available or away: who forgot to sign off */
        put: operations["set_presence"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{user_id}/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a user a random password and sign them out everywhere */
        post: operations["reset_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{user_id}/skills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set what somebody is good at, for lines that ask for skills */
        put: operations["set_skills"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/waits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List waits, the newest first: the records behind every response-time figure */
        get: operations["list_waits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wallboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return who waits now, agents by state, calls in queue, and how today goes. Ask again every few seconds */
        get: operations["get_wallboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wallboard/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the calls in queue that the wallboard counts, the longest wait first */
        get: operations["list_queued_calls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Action
         * @description Everything that needs a right. Named object_verb; screens and API ask `may`, nothing else.
         * @enum {string}
         */
        Action: "conversations_read" | "conversations_write" | "contacts_read" | "contacts_write" | "contacts_merge" | "contacts_delete" | "channels_read" | "connections_read" | "channels_write" | "ledger_read" | "ledger_replay" | "raw_read" | "users_read" | "users_write" | "teams_write" | "tokens_write" | "hooks_write" | "waits_read" | "calls_read" | "calls_write" | "calls_supervise" | "lines_write" | "dialling_write" | "hours_write" | "targets_write" | "reports_read" | "reports_write" | "wallboard_read" | "system_read" | "bots_read" | "bots_write" | "knowledge_read" | "knowledge_write" | "assistant_use" | "assistant_read" | "assistant_write" | "outside_bots_write" | "rules_read" | "rules_write" | "bots_speak" | "surveys_write" | "macros_write" | "recordings_play" | "recordings_play_all" | "recordings_download" | "recordings_log" | "recordings_manage" | "transcripts_write" | "reviews_read" | "reviews_reply" | "reviews_write" | "scorecards_write";
        /**
         * After
         * @description When a bot may speak again after a human did.
         * @enum {string}
         */
        After: "never" | "resolved";
        /**
         * AgentLoad
         * @description What an agent has on the table now.
         */
        AgentLoad: {
            name: string;
            oldest: string | null;
            open: number;
            /** Format: uuid */
            user_id: string;
            waiting: number;
        };
        /**
         * AgentNow
         * @description What one agent does now.
         */
        AgentNow: {
            conversation_id: string | null;
            name: string;
            oldest: string | null;
            open: number;
            reason: string;
            since: string | null;
            state: components["schemas"]["PresenceState"];
            /** Format: uuid */
            user_id: string;
            waiting: number;
        };
        /**
         * AgentsHear
         * @description Which recordings agents may play.
         * @enum {string}
         */
        AgentsHear: "own" | "none";
        /**
         * AgentWork
         * @description One agent's work.
         */
        AgentWork: {
            at_once: number | null;
            handled: number;
            hours: number;
            load: components["schemas"]["AgentLoad"] | null;
            most: number;
            most_at: string | null;
            per_hour: number | null;
            points: components["schemas"]["WorkPoint"][];
            /** Format: uuid */
            user_id: string;
        };
        /**
         * Answer
         * @description What a reviewer says to one question.
         */
        Answer: {
            na: boolean;
            note: string;
            question: string;
            value: string | null;
        };
        /**
         * AnswerEdit
         * @description What is said to one question.
         */
        AnswerEdit: {
            /** @default false */
            na?: boolean;
            /** @default  */
            note?: string;
            question: string;
            /** @default null */
            value?: string | null;
        };
        /**
         * Answers
         * @description Answers to try out.
         */
        Answers: {
            answers: components["schemas"]["AnswerEdit"][];
        };
        /**
         * AnswerView
         * @description What a customer answered.
         */
        AnswerView: {
            answer: string;
            question: string;
        };
        /**
         * Article
         * @description One answer in one language, and the ways customers ask for it.
         */
        Article: {
            answer: string;
            /** Format: date-time */
            created_at: string;
            demo: boolean;
            helped: number;
            /** Format: uuid */
            id: string;
            language: string;
            not_helped: number;
            published: boolean;
            questions: string[];
            shown: number;
            source: string;
            tags: string[];
            topic: string;
            /** Format: date-time */
            updated_at: string;
            updated_by: string | null;
        };
        /**
         * ArticleEdit
         * @description What shall change; what is left out stays.
         */
        ArticleEdit: {
            /** @default null */
            answer?: string | null;
            /** @default null */
            language?: string | null;
            /** @default null */
            published?: boolean | null;
            /** @default null */
            questions?: string[] | null;
            /** @default null */
            source?: string | null;
            /** @default null */
            tags?: string[] | null;
            /** @default null */
            topic?: string | null;
        };
        /**
         * ArticleMatch
         * @description An article that may answer a question, and how well.
         */
        ArticleMatch: {
            article: components["schemas"]["Article"];
            question: string;
            score: number;
        };
        /**
         * Page
         * @description One page of a list; `next` is the cursor of the following page, None at the end.
         */
        ArticlePage: {
            items: components["schemas"]["Article"][];
            next: string | null;
        };
        /**
         * AskedQuestion
         * @description What a customer asked a bot: what nobody could answer tells which article is missing.
         */
        AskedQuestion: {
            article_id: string | null;
            /** Format: date-time */
            asked_at: string;
            conversation_id: string | null;
            /** Format: uuid */
            id: string;
            language: string;
            score: number;
            text: string;
        };
        /**
         * Page
         * @description One page of a list; `next` is the cursor of the following page, None at the end.
         */
        AskedQuestionPage: {
            items: components["schemas"]["AskedQuestion"][];
            next: string | null;
        };
        /**
         * AssistantCall
         * @description One call of the model, in full: what left the house and what came back.
         */
        AssistantCall: {
            answer: string;
            /** Format: date-time */
            at: string;
            conversation_id: string | null;
            error: string;
            /** Format: uuid */
            id: string;
            micros: number;
            model: string;
            outcome: components["schemas"]["hub__domain__assistant__Outcome"];
            prompt: [
                string,
                string
            ][];
            seconds: number;
            sources: string[];
            task: components["schemas"]["Task"];
            tokens_in: number;
            tokens_out: number;
            used_in: string | null;
            user_id: string | null;
        };
        /**
         * Page
         * @description One page of a list; `next` is the cursor of the following page, None at the end.
         */
        AssistantCallPage: {
            items: components["schemas"]["AssistantCall"][];
            next: string | null;
        };
        /**
         * AttachmentState
         * @description How far an attachment is.
         * @enum {string}
         */
        AttachmentState: "pending" | "ready" | "failed" | "refused";
        /**
         * AttachmentView
         * @description A file as the screens show it; its bytes are at /api/v1/attachments/<id>.
         */
        AttachmentView: {
            content_id: string | null;
            duration: number | null;
            error: string;
            height: number | null;
            /** Format: uuid */
            id: string;
            inline: boolean;
            media_type: string;
            name: string;
            peaks: number[];
            size: number | null;
            state: components["schemas"]["AttachmentState"];
            thumbnail: boolean;
            voice: boolean;
            width: number | null;
        };
        /**
         * AuthorKind
         * @description Who wrote it. Decides whether it opens or ends a wait.
         * @enum {string}
         */
        AuthorKind: "contact" | "agent" | "bot" | "auto" | "campaign" | "system";
        /**
         * Begins
         * @description At which messages of a conversation a bot is woken.
         * @enum {string}
         */
        Begins: "new" | "waiting";
        /**
         * Behind
         * @description What a figure opens into.
         * @enum {string}
         */
        Behind: "waits" | "entries";
        /**
         * BotAssign
         * @description A team, a person, or both; the bot goes on speaking.
         */
        BotAssign: {
            /** @default null */
            team_id?: string | null;
            /** @default null */
            user_id?: string | null;
        };
        /**
         * BotEdit
         * @description What shall change; what is left out stays.
         */
        BotEdit: {
            /** @default null */
            ack_within?: number | null;
            /** @default null */
            active?: boolean | null;
            /** @default null */
            answer_within?: number | null;
            /** @default null */
            name?: string | null;
            /** @default null */
            url?: string | null;
        };
        /**
         * BotEvent
         * @description One thing a bot is told about one conversation.
         */
        BotEvent: {
            attempts: number;
            /** Format: uuid */
            bot_id: string;
            /** Format: uuid */
            conversation_id: string;
            /** Format: date-time */
            created_at: string;
            deadline: string | null;
            error: string;
            /** Format: uuid */
            id: string;
            interaction_id: string | null;
            kind: components["schemas"]["BotEventKind"];
            next_at: string | null;
            seq: number;
            state: components["schemas"]["BotEventState"];
            status: number | null;
            turn: number;
        };
        /**
         * BotEventKind
         * @description What a bot is told.
         * @enum {string}
         */
        BotEventKind: "message" | "given";
        /**
         * Page
         * @description One page of a list; `next` is the cursor of the following page, None at the end.
         */
        BotEventPage: {
            items: components["schemas"]["BotEvent"][];
            next: string | null;
        };
        /**
         * BotEventState
         * @description How far an event is.
         * @enum {string}
         */
        BotEventState: "queued" | "sent" | "acknowledged" | "done" | "late" | "void";
        /**
         * BotField
         * @description A field of the contact: `name`, `email`, `phone`, `company`, `language`, `source`, or one of its own.
         */
        BotField: {
            name: string;
            value: string;
        };
        /**
         * BotHandOver
         * @description The bot stops speaking; humans get the conversation with its words as a note.
         */
        BotHandOver: {
            /** @default null */
            team_id?: string | null;
            /**
             * @description Said to the customer first, if it is given.
             * @default
             */
            text?: string;
            /** @default null */
            user_id?: string | null;
            /** @default  */
            words?: string;
        };
        /**
         * BotNote
         * @description Words for colleagues; the customer never sees them.
         */
        BotNote: {
            text: string;
        };
        /**
         * BotReply
         * @description A message to the customer.
         */
        BotReply: {
            /**
             * @description Buttons, or numbered lines where the channel has none.
             * @default []
             */
            choices?: string[];
            /**
             * @description Resolve the conversation with this message.
             * @default false
             */
            close?: boolean;
            /**
             * @description Files the bot uploaded (`POST /bot/files`). Where the channel does not carry one, the text gets a link to it.
             * @default []
             */
            file_ids?: string[];
            /**
             * Format: uuid
             * @description Made by the bot: repeating the request says nothing twice.
             */
            id: string;
            /**
             * @description May be empty where files are sent.
             * @default
             */
            text?: string;
        };
        /**
         * BotTag
         * @description A tag for the conversation.
         */
        BotTag: {
            tag: string;
        };
        /**
         * BotView
         * @description A bot outside, without its secrets.
         */
        BotView: {
            /** @description seconds */
            ack_within: number;
            active: boolean;
            /** @description seconds */
            answer_within: number;
            /** Format: date-time */
            created_at: string;
            created_by: string | null;
            /** Format: uuid */
            id: string;
            name: string;
            speaker: string;
            url: string;
        };
        /**
         * ButtonForm
         * @description How a channel shows choices that can be pressed.
         * @enum {string}
         */
        ButtonForm: "inline" | "quick_reply" | "list";
        /**
         * ButtonRule
         * @description One form of buttons and its limits. What does not fit any of a channel's forms becomes numbered lines.
         */
        ButtonRule: {
            form: components["schemas"]["ButtonForm"];
            label_limit: number;
            max_count: number;
            text_limit: number | null;
        };
        /**
         * By
         * @description By what figures are told apart.
         * @enum {string}
         */
        By: "nothing" | "channel" | "team" | "agent" | "tag" | "source";
        /**
         * CalendarEdit
         * @description What shall change; what is left out stays. What waits already keeps the hours that held when it began.
         */
        CalendarEdit: {
            /** @default null */
            country?: string | null;
            /** @default null */
            name?: string | null;
            /**
             * @description Replaces all of them.
             * @default null
             */
            own_days?: components["schemas"]["OwnDay"][] | null;
            /** @default null */
            subdivision?: string | null;
            /** @default null */
            week?: components["schemas"]["OpenHours"][][] | null;
            /** @default null */
            zone?: string | null;
        };
        /**
         * CalendarView
         * @description A calendar as it is now.
         */
        CalendarView: {
            closes_at: string | null;
            country: string;
            days: components["schemas"]["DayView"][];
            /** Format: uuid */
            id: string;
            name: string;
            open: boolean;
            opens_at: string | null;
            /** Format: date-time */
            since: string;
            subdivision: string;
            used_by: components["schemas"]["KeeperView"][];
            version: number;
            week: components["schemas"]["hub__api__hours__SpanView"][][];
            zone: string;
        };
        /**
         * Calibration
         * @description The submitted reviews of one call by one version of a scorecard.
         */
        Calibration: {
            agreement: number | null;
            mean: number | null;
            questions: components["schemas"]["Compared"][];
            scores: {
                [key: string]: number | null;
            };
            spread: number;
        };
        /**
         * CalibrationView
         * @description Reviews of one call side by side.
         */
        CalibrationView: {
            calibration: components["schemas"]["Calibration"];
            scorecard: components["schemas"]["Scorecard"];
        };
        /**
         * CallbackNumbers
         * @description The figures of call waits (docs/metrics.md 14).
         */
        CallbackNumbers: {
            attempts_mean: number | null;
            callback_median: number | null;
            callback_p90: number | null;
            called_back: number;
            customer_called_back: number;
            missed: number;
            oldest_open: number | null;
            open: number;
            via_other_channel: number;
        };
        /**
         * CallCapabilities
         * @description What a channel can do with phone calls.
         */
        CallCapabilities: {
            browser_phone: string;
            controls: string[];
            detects_machines: boolean;
            inbound: boolean;
            outbound: boolean;
            phone_hosts: string[];
            plan: boolean;
            recording_lanes: number;
        };
        /**
         * CallEdit
         * @description What the agent says of a call.
         */
        CallEdit: {
            /** @default null */
            result?: string | null;
        };
        /**
         * CallNumbers
         * @description The figures of a set of calls. Times are seconds; shares are 0 to 1; None where the set is empty.
         */
        CallNumbers: {
            abandon_rate: number | null;
            answered: number;
            asa: number | null;
            asa_p90: number | null;
            calls: number;
            connected: number;
            hold_mean: number | null;
            offered: number;
            outbound_talk_mean: number | null;
            outcomes: {
                [key: string]: number;
            };
            placed: number;
            service_formula: string;
            service_level: number | null;
            service_within: number;
            talk_mean: number | null;
        };
        /**
         * CallPop
         * @description What an agent sees before answering: who it is, what was last, what is open.
         */
        CallPop: {
            call: components["schemas"]["CallView"];
            last: components["schemas"]["InteractionView"][];
            open: components["schemas"]["ConversationRow"][];
            owed: boolean;
        };
        /**
         * CallScore
         * @description What the call list shows of a call's reviews.
         */
        CallScore: {
            appealed: boolean;
            /** Format: uuid */
            call_id: string;
            failed: boolean;
            open_comments: number;
            reviews: number;
            score: number | null;
        };
        /**
         * CallState
         * @description Where a call stands.
         * @enum {string}
         */
        CallState: "placing" | "arriving" | "queued" | "active" | "held" | "ended";
        /**
         * CallView
         * @description A call. Durations are seconds.
         */
        CallView: {
            address: string;
            after_hours: boolean;
            agents: string[];
            answered_at: string | null;
            /** Format: date-time */
            began_at: string;
            /** Format: uuid */
            channel_id: string;
            /** Format: uuid */
            contact_id: string;
            contact_name: string;
            /** Format: uuid */
            conversation_id: string;
            direction: components["schemas"]["Direction"];
            ended_at: string | null;
            ended_by: components["schemas"]["Ender"] | null;
            held: number;
            holds: components["schemas"]["hub__api__call_views__SpanView"][];
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            interaction_id: string;
            legs: components["schemas"]["LegView"][];
            line_id: string | null;
            machine: boolean;
            missed: boolean;
            our_address: string;
            outcome: components["schemas"]["hub__domain__call__Outcome"] | null;
            pauses: components["schemas"]["PauseView"][];
            placed_by: string | null;
            queue_at: string | null;
            reason: string;
            recording_paused: boolean;
            recording_unsure: boolean;
            recordings: components["schemas"]["RecordingRow"][];
            result: string;
            ringing: string[];
            state: components["schemas"]["CallState"];
            talked: number;
            team_id: string | null;
            voicemail: boolean;
            waited: number | null;
            withheld: boolean;
        };
        /**
         * Page
         * @description One page of a list; `next` is the cursor of the following page, None at the end.
         */
        CallViewPage: {
            items: components["schemas"]["CallView"][];
            next: string | null;
        };
        /**
         * Capabilities
         * @description What a kind of channel can carry. Drives the composer, the ticks, the docs and the conformance tests.
         */
        Capabilities: {
            buttons: components["schemas"]["ButtonRule"][];
            calls: components["schemas"]["CallCapabilities"] | null;
            can_start: boolean;
            deletes: boolean;
            edits: boolean;
            groups: boolean;
            human_window: number | null;
            limits_source: string;
            max_parts: number;
            media: components["schemas"]["MediaRule"] | null;
            rate_per_second: number | null;
            reaches: string;
            reactions: boolean;
            receipts: string[];
            receive_only: string;
            replies_to: boolean;
            reply_window: number | null;
            rich_text: boolean;
            segments: boolean;
            subject: boolean;
            templates: boolean;
            text_limit: number | null;
            text_unit: string;
            typing_in: boolean;
            typing_out: boolean;
            voice: components["schemas"]["VoiceFormat"] | null;
        };
        /**
         * CardUse
         * @description Whether a scorecard is in use.
         */
        CardUse: {
            active: boolean;
        };
        /**
         * CauseView
         * @description One thing that went wrong.
         */
        CauseView: {
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            channel_id: string;
            /** Format: uuid */
            conversation_id: string;
            /** Format: uuid */
            interaction_id: string;
            what: components["schemas"]["What-Output"];
        };
        /**
         * ChangedReport
         * @description What changes; the rest stays.
         */
        ChangedReport: {
            /** @default null */
            asked?: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            /** @default null */
            channel_id?: string | null;
            /** @default null */
            format?: components["schemas"]["MailFormat"] | null;
            /** @default null */
            name?: string | null;
            /** @default null */
            recipients?: string[] | null;
            /** @default null */
            schedule?: components["schemas"]["Schedule"] | null;
            /** @default null */
            shared?: boolean | null;
        };
        /**
         * ChangeKind
         * @description What sort of thing happened. Integrators subscribe to these words.
         * @enum {string}
         */
        ChangeKind: "interaction_added" | "interaction_changed" | "conversation_added" | "conversation_changed" | "contact_added" | "contact_changed" | "contact_merged" | "contact_split" | "channel_changed" | "delivery_changed" | "event_unparsed" | "users_changed" | "target_at_risk" | "target_breached" | "bots_changed" | "call_changed" | "recording_changed" | "review_changed" | "presence_changed" | "debt_changed" | "line_changed" | "hook_called";
        /**
         * Changes
         * @description Records as they are now, after everything up to `seq`. Applying a frame twice does no harm.
         */
        Changes: {
            calls: components["schemas"]["CallView"][];
            channels: string[];
            contacts: string[];
            conversations: components["schemas"]["ConversationRow"][];
            debts: string[];
            interactions: components["schemas"]["InteractionView"][];
            ledger: boolean;
            lines: boolean;
            pops: components["schemas"]["CallPop"][];
            presence: string[];
            recordings: string[];
            reviews: string[];
            seq: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "changes";
            users: boolean;
        };
        /**
         * ChannelCheckView
         * @description What a check found.
         */
        ChannelCheckView: {
            address: string;
            detail: string;
            ok: boolean;
        };
        /**
         * ChannelEdit
         * @description What shall change; what is left out stays.
         */
        ChannelEdit: {
            /** @default null */
            enabled?: boolean | null;
            /** @default null */
            idle_after?: number | null;
            /** @default null */
            name?: string | null;
            /** @default null */
            reopen_window?: number | null;
            /** @default null */
            sender_rule?: components["schemas"]["SenderRule"] | null;
            /**
             * @description Merged into the present ones: settings and secrets left out stay.
             * @default null
             */
            settings?: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            /** @default null */
            team_id?: string | null;
        };
        /**
         * ChannelHealth
         * @description One channel's connection.
         */
        ChannelHealth: {
            connection: components["schemas"]["Connection"];
            connector: string;
            enabled: boolean;
            /** Format: uuid */
            id: string;
            name: string;
        };
        /**
         * ChannelUse
         * @description How customers use one channel, within a period.
         */
        ChannelUse: {
            answer: number;
            /** Format: uuid */
            channel_id: string;
            customers: number;
            prefer: number;
        };
        /**
         * ChannelView
         * @description A channel as the screens show it.
         */
        ChannelView: {
            abilities: string[];
            address: string;
            capabilities: components["schemas"]["Capabilities"];
            connection: components["schemas"]["Connection"];
            connector: string;
            /** Format: date-time */
            created_at: string;
            demo: boolean;
            embed: string | null;
            enabled: boolean;
            /** Format: uuid */
            id: string;
            /** @description seconds */
            idle_after: number;
            kind: string;
            name: string;
            recovered: components["schemas"]["Recovery"] | null;
            /** @description seconds */
            reopen_window: number;
            revision: number;
            sender_rule: components["schemas"]["SenderRule"];
            settings: {
                [key: string]: unknown;
            } | null;
            team_id: string | null;
            webhook_url: string | null;
        };
        /**
         * CheckView
         * @description What the endpoint said to a trial.
         */
        CheckView: {
            seconds: number;
            words: string;
            works: boolean;
        };
        /**
         * Choice
         * @description One answer of a question of the kind choice.
         */
        "Choice-Output": {
            key: string;
            label: string;
            points: number;
        };
        /**
         * ChoiceEdit
         * @description One choice of a question.
         */
        ChoiceEdit: {
            key: string;
            label: string;
            points: number;
        };
        /**
         * Chosen
         * @description What an agent chose.
         * @enum {string}
         */
        Chosen: "available" | "away";
        ClientFrame: components["schemas"]["Viewing"] | components["schemas"]["Ping"];
        /**
         * Clip
         * @description A range of a call worth hearing again.
         */
        Clip: {
            /** Format: date-time */
            added_at: string;
            /** Format: uuid */
            added_by: string;
            /** Format: uuid */
            call_id: string;
            end: number;
            /** Format: uuid */
            id: string;
            note: string;
            start: number;
            title: string;
        };
        /**
         * ClipEdit
         * @description A clip; its call is fixed once it is in the playlist.
         */
        ClipEdit: {
            /** Format: uuid */
            call_id: string;
            end: number;
            /** Format: uuid */
            id: string;
            /** @default  */
            note?: string;
            start: number;
            title: string;
        };
        /**
         * ClipsEdit
         * @description All clips of a playlist, in order.
         */
        ClipsEdit: {
            clips: components["schemas"]["ClipEdit"][];
        };
        /**
         * ClosedDays
         * @description An iCalendar file.
         */
        ClosedDays: {
            text: string;
        };
        /**
         * Code
         * @description Every sort of problem, one sentence each, so that screens can say it in their language.
         *
         *     Behind each stand the parameters of its sentence; problems of a step have its `name`, too.
         * @enum {string}
         */
        Code: "no_start" | "dead_end" | "no_such_exit" | "no_such_step" | "unreachable" | "endless" | "no_handover" | "no_such_file" | "empty_case" | "bad_address" | "no_such_flow" | "unpublished_flow" | "few_options" | "same_option" | "same_label" | "no_reminder" | "late_reminder" | "no_text" | "missing_text" | "bad_template" | "receive_only" | "no_files" | "sent_as_link" | "many_options" | "too_long" | "unknown_format" | "bad_languages" | "too_many_steps" | "same_step" | "no_such_kind" | "no_id" | "lacking" | "wrong_count" | "not_among" | "no_flag" | "no_number" | "out_of_bounds" | "bad_id" | "no_object" | "no_list" | "no_words" | "bad_name" | "unknown_part";
        /**
         * Cohort
         * @description Which waits or entries belong to a period.
         * @enum {string}
         */
        Cohort: "happened" | "started" | "ended" | "now";
        /**
         * Command
         * @description A change of a live call. Which ones a channel knows, its `capabilities.calls.controls` says.
         */
        Command: {
            /**
             * @description With `transfer` and `consult`: a colleague, on their first phone.
             * @default null
             */
            agent_id?: string | null;
            /**
             * @description With `end_consult`: connect the two, or go back to the customer.
             * @default null
             */
            complete?: boolean | null;
            /** @default null */
            digits?: string | null;
            /** @enum {string} */
            do: "hang_up" | "hold" | "mute" | "digits" | "transfer" | "consult" | "end_consult" | "record" | "supervise";
            /**
             * @description With `mute`.
             * @default null
             */
            leg?: string | null;
            /**
             * @description With `supervise`.
             * @default null
             */
            mode?: ("listen" | "whisper" | "barge") | null;
            /**
             * @description With `hold` and `mute`.
             * @default null
             */
            on?: boolean | null;
            /** @default null */
            recording?: ("start" | "pause" | "resume" | "stop") | null;
            /**
             * @description With `transfer` and `consult`: a number or endpoint.
             * @default null
             */
            to?: components["schemas"]["DeviceInput"] | null;
        };
        /**
         * Comment
         * @description What somebody says about a place of a call, or in answer to such a comment.
         */
        Comment: {
            /** Format: uuid */
            author_id: string;
            /** Format: uuid */
            call_id: string;
            /** Format: date-time */
            created_at: string;
            edited_at: string | null;
            end: number | null;
            /** Format: uuid */
            id: string;
            mentions: string[];
            parent_id: string | null;
            resolved_at: string | null;
            resolved_by: string | null;
            start: number;
            text: string;
            visibility: components["schemas"]["Visibility"];
        };
        /**
         * CommentEdit
         * @description Another wording.
         */
        CommentEdit: {
            text: string;
        };
        /**
         * Page
         * @description One page of a list; `next` is the cursor of the following page, None at the end.
         */
        CommentPage: {
            items: components["schemas"]["Comment"][];
            next: string | null;
        };
        /**
         * Compared
         * @description One question, as every reviewer answered it.
         */
        Compared: {
            agreed: boolean;
            answers: {
                [key: string]: components["schemas"]["Answer"];
            };
            points: {
                [key: string]: number;
            };
            question: components["schemas"]["Question"];
            spread: number;
        };
        /**
         * Connection
         * @description The connection of one channel as last seen: its state, since when, and what a person should know.
         */
        Connection: {
            detail: string;
            /** Format: date-time */
            since: string;
            state: components["schemas"]["ConnectionState"];
        };
        /**
         * ConnectionState
         * @description How one account stands with its provider.
         * @enum {string}
         */
        ConnectionState: "disabled" | "connecting" | "connected" | "disconnected" | "bad_credentials" | "unknown_error";
        /**
         * ConnectorView
         * @description A connector, with all a screen needs to offer it.
         */
        ConnectorView: {
            abilities: string[];
            capabilities: components["schemas"]["Capabilities"];
            icon: string;
            key: string;
            kind: string;
            readme: string;
            settings_schema: {
                [key: string]: unknown;
            };
            title: string;
        };
        /**
         * ContactCard
         * @description How a contact and we write to each other, over the last year.
         */
        ContactCard: {
            best_channel_id: string | null;
            best_hour: number | null;
            best_weekday: number | null;
            channels: components["schemas"]["ContactChannel"][];
            /** Format: uuid */
            contact_id: string;
            last_received_at: string | null;
            last_sent_at: string | null;
            received: number;
            replies: number;
            sent: number;
            usual_reply: number | null;
        };
        /**
         * ContactChannel
         * @description One channel's part of what was said with a contact.
         */
        ContactChannel: {
            answers: number;
            /** Format: uuid */
            channel_id: string;
            /** Format: date-time */
            last_at: string;
            received: number;
            sent: number;
        };
        /**
         * ContactEdit
         * @description What shall change; what is left out stays.
         */
        ContactEdit: {
            /** @default null */
            company?: string | null;
            /**
             * @description Custom fields in the order shown: (name, value); replaces all.
             * @default null
             */
            fields?: [
                string,
                string
            ][] | null;
            /** @default null */
            language?: string | null;
            /** @default null */
            name?: string | null;
            /** @default null */
            notes?: string | null;
        };
        /**
         * ContactPointView
         * @description One address of a contact as the panel shows it.
         */
        ContactPointView: {
            address: string;
            blocked: boolean;
            blocked_reason: string;
            channel_ids: string[];
            /** Format: uuid */
            contact_id: string;
            /** Format: uuid */
            id: string;
            name: string;
            namespace: string;
            opted_at: string | null;
            opted_out: boolean;
            verified: boolean;
        };
        /**
         * ContactRow
         * @description A row of the contact list.
         */
        ContactRow: {
            addresses: string[];
            company: string;
            demo: boolean;
            expires_at: string | null;
            /** Format: uuid */
            id: string;
            last_at: string | null;
            name: string;
            portrait_id: string | null;
            state: components["schemas"]["ContactState"];
        };
        /**
         * Page
         * @description One page of a list; `next` is the cursor of the following page, None at the end.
         */
        ContactRowPage: {
            items: components["schemas"]["ContactRow"][];
            next: string | null;
        };
        /**
         * ContactState
         * @description How firmly we keep a contact.
         * @enum {string}
         */
        ContactState: "anonymous" | "provisional" | "kept";
        /**
         * ContactView
         * @description A contact with all that was merged into it.
         */
        ContactView: {
            company: string;
            /** Format: date-time */
            created_at: string;
            demo: boolean;
            expires_at: string | null;
            fields: [
                string,
                string
            ][];
            /** Format: uuid */
            id: string;
            inbound: number;
            language: string;
            last_at: string | null;
            merged: string[];
            name: string;
            notes: string;
            outbound: number;
            points: components["schemas"]["ContactPointView"][];
            portrait_id: string | null;
            source: string;
            state: components["schemas"]["ContactState"];
        };
        /**
         * ContentKind
         * @description What a message consists of beside its text; the screens draw by this, never by channel.
         * @enum {string}
         */
        ContentKind: "text" | "mail" | "location" | "contact_card" | "sticker" | "poll" | "invite" | "button" | "unsupported";
        /**
         * ConversationCounts
         * @description Counts beside the views of the list, of open and pending conversations.
         */
        ConversationCounts: {
            all: number;
            mine: number;
            oldest_wait: string | null;
            snoozed: number;
            unassigned: number;
            waiting: number;
        };
        /**
         * ConversationEdit
         * @description What shall change; what is left out stays.
         */
        ConversationEdit: {
            /** @default null */
            assignee_id?: string | null;
            /** @default null */
            priority?: components["schemas"]["Priority"] | null;
            /**
             * @description Only with the state `snoozed`; null hides the conversation until the customer writes.
             * @default null
             */
            snoozed_until?: string | null;
            /** @default null */
            state?: components["schemas"]["ConversationState"] | null;
            /** @default null */
            subject?: string | null;
            /** @default null */
            tags?: string[] | null;
            /** @default null */
            team_id?: string | null;
        };
        /**
         * ConversationMerge
         * @description Two conversations made one: what was said in `gone` is part of `kept`, until this is undone.
         */
        ConversationMerge: {
            /** Format: date-time */
            at: string;
            by: string | null;
            /** Format: uuid */
            gone_id: string;
            gone_resolved_at: string | null;
            gone_snoozed_until: string | null;
            gone_state: components["schemas"]["ConversationState"];
            /** Format: uuid */
            id: string;
            joined: string[];
            /** Format: uuid */
            kept_id: string;
            /** Format: date-time */
            kept_last_at: string;
            kept_last_author: string;
            kept_last_inbound_at: string | null;
            kept_last_preview: string;
            reason: string;
            undone_at: string | null;
            undone_by: string | null;
        };
        /**
         * ConversationRow
         * @description A row of the conversation list.
         */
        ConversationRow: {
            address: string;
            assignee_id: string | null;
            /** Format: uuid */
            channel_id: string;
            /** Format: uuid */
            contact_id: string;
            contact_name: string;
            /** Format: uuid */
            contact_point_id: string;
            /** Format: date-time */
            created_at: string;
            demo: boolean;
            due_at: string | null;
            due_metric: components["schemas"]["Metric"] | null;
            due_warn_at: string | null;
            failed: boolean;
            group: boolean;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            last_at: string;
            last_author: string;
            last_preview: string;
            merged_into_id: string | null;
            portrait_id: string | null;
            priority: components["schemas"]["Priority"];
            related_id: string | null;
            related_reason: string;
            reopen_count: number;
            snoozed_until: string | null;
            speaker: components["schemas"]["Speaker"];
            state: components["schemas"]["ConversationState"];
            subject: string;
            tags: string[];
            team_id: string | null;
            unread: boolean | null;
            waiting_since: string | null;
        };
        /**
         * Page
         * @description One page of a list; `next` is the cursor of the following page, None at the end.
         */
        ConversationRowPage: {
            items: components["schemas"]["ConversationRow"][];
            next: string | null;
        };
        /**
         * ConversationState
         * @description Where the work stands.
         * @enum {string}
         */
        ConversationState: "open" | "pending" | "snoozed" | "resolved";
        /**
         * ConversationView
         * @description A conversation with what its screen needs beside the thread.
         */
        ConversationView: {
            capabilities: components["schemas"]["Capabilities"];
            /** Format: uuid */
            channel_id: string;
            draft: components["schemas"]["Draft"] | null;
            draft_files: components["schemas"]["AttachmentView"][];
            draft_quote: components["schemas"]["QuoteView"] | null;
            participants: components["schemas"]["ParticipantView"][];
            read_at: string | null;
            refused: string;
            reply_until: string | null;
            row: components["schemas"]["ConversationRow"];
        };
        /**
         * CountryView
         * @description A country whose holidays are known.
         */
        CountryView: {
            code: string;
            subdivisions: string[];
        };
        /**
         * CountsView
         * @description The counts of one version.
         */
        CountsView: {
            steps: components["schemas"]["CountView"][];
            version: number | null;
        };
        /**
         * CountView
         * @description How often a step was entered and left, and how often the run was handed over at it.
         */
        CountView: {
            entered: number;
            handed_over: number;
            left: number;
            step: string;
        };
        /**
         * Credentials
         * @description What a person signs in with.
         */
        Credentials: {
            email: string;
            password: string;
        };
        /**
         * DashboardView
         * @description A dashboard, and how far it can be trusted.
         */
        DashboardView: {
            agents: components["schemas"]["Group"][];
            alarm: string;
            before: components["schemas"]["Span"] | null;
            behind: number;
            channels: components["schemas"]["Group"][];
            heat: components["schemas"]["HeatMap"];
            notes: string[];
            open: components["schemas"]["OpenWaits"];
            series: components["schemas"]["Series"];
            span: components["schemas"]["Span"];
            teams: components["schemas"]["Group"][];
            values: components["schemas"]["Value"][];
            zone: string;
        };
        /**
         * DayView
         * @description A day that is not like its weekday.
         */
        DayView: {
            /** Format: date */
            date: string;
            hours: components["schemas"]["hub__api__hours__SpanView"][];
            name: string;
            own: boolean;
        };
        /**
         * DebtCounts
         * @description How many people wait in vain.
         */
        DebtCounts: {
            open: number;
            overdue: number;
        };
        /**
         * DebtEdit
         * @description What shall change; what is left out stays.
         */
        DebtEdit: {
            /**
             * @description Who takes it; null gives it back.
             * @default null
             */
            assignee_id?: string | null;
            /**
             * @description True: nothing is owed. Only an open one can be dismissed.
             * @default null
             */
            dismissed?: boolean | null;
        };
        /**
         * DebtEnd
         * @description How a debt was settled.
         * @enum {string}
         */
        DebtEnd: "call" | "message" | "customer_called_back" | "dismissed";
        /**
         * DebtView
         * @description All that one person waits for in vain: one entry of the board.
         */
        DebtView: {
            address: string;
            assignee_id: string | null;
            attempts: number;
            causes: components["schemas"]["CauseView"][];
            closed_at: string | null;
            closed_by: components["schemas"]["DebtEnd"] | null;
            closed_user: string | null;
            /** Format: uuid */
            contact_id: string;
            contact_name: string;
            /** Format: date-time */
            due_at: string;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            last_at: string;
            /** Format: date-time */
            opened_at: string;
            overdue: boolean;
            team_id: string | null;
        };
        /**
         * Page
         * @description One page of a list; `next` is the cursor of the following page, None at the end.
         */
        DebtViewPage: {
            items: components["schemas"]["DebtView"][];
            next: string | null;
        };
        /**
         * Deletion
         * @description The record that a recording was deleted: what it was, when, by whom, why, chained to the record before it.
         */
        Deletion: {
            began_at: string | null;
            /** Format: uuid */
            call_id: string;
            /** Format: uuid */
            channel_id: string;
            /** Format: date-time */
            deleted_at: string;
            deleted_by: string | null;
            hash: string;
            number: number;
            previous: string;
            reason: string;
            /** Format: uuid */
            recording_id: string;
            sealed: boolean;
            seconds: number | null;
            sha256: string;
            size: number;
            transcript: boolean;
        };
        /**
         * DeletionsView
         * @description Records of deletions, and whether their chain is whole.
         */
        DeletionsView: {
            broken_at: number | null;
            items: components["schemas"]["Deletion"][];
            next: number | null;
        };
        /**
         * DeliveryEvent
         * @description One thing we learned about a delivery. `at` is the provider's time where it gives one.
         */
        DeliveryEvent: {
            /** Format: date-time */
            at: string;
            attempt: number;
            code: string;
            reason: string;
            state: components["schemas"]["DeliveryState"];
        };
        /**
         * DeliveryState
         * @description What became of a message.
         * @enum {string}
         */
        DeliveryState: "queued" | "sending" | "sent" | "delivered" | "read" | "failed" | "unknown";
        /**
         * DeliveryView
         * @description What became of an outbound message.
         */
        DeliveryView: {
            attempt: number;
            code: string;
            /** Format: uuid */
            id: string;
            next_at: string | null;
            reason: string;
            state: components["schemas"]["DeliveryState"];
            /** Format: date-time */
            state_at: string;
        };
        /**
         * DeviceInput
         * @description One of an agent's phones.
         */
        DeviceInput: {
            /** @default  */
            address?: string;
            /** @enum {string} */
            kind: "browser" | "number" | "endpoint";
        };
        /**
         * Devices
         * @description An agent's phones, the preferred first.
         */
        Devices: {
            devices: components["schemas"]["DeviceInput"][];
        };
        /**
         * DeviceView
         * @description One of an agent's phones.
         */
        DeviceView: {
            address: string;
            kind: string;
        };
        /**
         * DialRulesInput
         * @description Which numbers may be dialled.
         */
        DialRulesInput: {
            /** @default [] */
            blocked_prefixes?: string[];
            /** @default [] */
            countries?: string[];
            /** @default 300 */
            per_day?: number;
            /** @default 60 */
            per_hour?: number;
            /** @default false */
            premium?: boolean;
        };
        /**
         * DialRulesView
         * @description Which numbers may be dialled.
         */
        DialRulesView: {
            blocked_prefixes: string[];
            countries: string[];
            per_day: number;
            per_hour: number;
            premium: boolean;
        };
        /**
         * Direction
         * @description Which way an entry went.
         * @enum {string}
         */
        Direction: "inbound" | "outbound" | "internal";
        /**
         * DiskHealth
         * @description Room where the hub keeps its data, in bytes.
         */
        DiskHealth: {
            free: number;
            total: number;
        };
        /**
         * Draft
         * @description What an agent has begun to write: kept per user and conversation.
         */
        Draft: {
            assistant_call_id: string | null;
            attachment_ids: string[];
            cc: string[];
            /** Format: uuid */
            conversation_id: string;
            html: string;
            note: boolean;
            reply_to_id: string | null;
            text: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: uuid */
            user_id: string;
        };
        /**
         * DueView
         * @description A target whose time runs.
         */
        DueView: {
            assignee_id: string | null;
            /** Format: uuid */
            channel_id: string;
            contact_id: string | null;
            conversation_id: string | null;
            due_at: string | null;
            /** Format: uuid */
            id: string;
            left: number;
            metric: components["schemas"]["Metric"];
            /** Format: date-time */
            started_at: string;
            /** @enum {string} */
            state: "running" | "at_risk" | "breached" | "paused";
            /** Format: uuid */
            target_id: string;
            target_name: string;
            team_id: string | null;
            warn_at: string | null;
        };
        /**
         * Page
         * @description One page of a list; `next` is the cursor of the following page, None at the end.
         */
        DueViewPage: {
            items: components["schemas"]["DueView"][];
            next: string | null;
        };
        /**
         * Ender
         * @description Who ended a call.
         * @enum {string}
         */
        Ender: "contact" | "agent" | "hub" | "provider";
        /**
         * Ending
         * @description How a leg ended.
         * @enum {string}
         */
        Ending: "completed" | "busy" | "no_answer" | "rejected" | "cancelled" | "failed";
        /**
         * EntryPage
         * @description A page of messages or calls.
         */
        EntryPage: {
            items: components["schemas"]["ReportEntry"][];
            next: string | null;
            total: number | null;
        };
        /**
         * ExportFormat
         * @description What file an export is.
         * @enum {string}
         */
        ExportFormat: "csv" | "xlsx";
        /**
         * ExportState
         * @description How far an export is.
         * @enum {string}
         */
        ExportState: "waiting" | "running" | "done" | "failed";
        /**
         * ExportView
         * @description How far an export is; its file is at /exports/<id>/file once it is `done`.
         */
        ExportView: {
            asked: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** Format: date-time */
            created_at: string;
            done_at: string | null;
            format: components["schemas"]["ExportFormat"];
            /** Format: uuid */
            id: string;
            problem: string;
            rows: number;
            state: components["schemas"]["ExportState"];
            total: number | null;
        };
        /**
         * FieldError
         * @description What is wrong with one part of a request.
         */
        FieldError: {
            field: string;
            message: string;
        };
        /**
         * FigureView
         * @description What a figure means.
         */
        FigureView: {
            behind: components["schemas"]["Behind"];
            business: boolean;
            by_agent: boolean;
            cohort: components["schemas"]["Cohort"];
            formula: string;
            key: string;
            link: string;
            lower_is_better: boolean | null;
            name: string;
            unit: components["schemas"]["Unit"];
        };
        /**
         * FileTrouble
         * @description Why a file is not there.
         */
        FileTrouble: {
            words: string;
        };
        /**
         * FilledReply
         * @description A saved reply as it would be sent in a conversation.
         */
        FilledReply: {
            /** Format: uuid */
            id: string;
            language: string;
            languages: string[];
            name: string;
            problem: string;
            shortcut: string;
            text: string;
            used: number;
        };
        /**
         * FlowEdit
         * @description What shall change; what is left out stays.
         */
        FlowEdit: {
            /** @default null */
            description?: string | null;
            /** @default null */
            draft?: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            /** @default null */
            name?: string | null;
            revision: number;
        };
        /**
         * FlowRow
         * @description A flow in the list.
         */
        FlowRow: {
            demo: boolean;
            description: string;
            /** Format: uuid */
            id: string;
            languages: string[];
            name: string;
            published: number | null;
            steps: number;
            /** Format: date-time */
            updated_at: string;
            updated_by: string | null;
        };
        /**
         * FlowView
         * @description A flow as its author draws it.
         */
        FlowView: {
            changed: boolean;
            /** Format: date-time */
            created_at: string;
            demo: boolean;
            description: string;
            draft: {
                [key: string]: unknown;
            };
            /** Format: uuid */
            id: string;
            name: string;
            problems: components["schemas"]["ProblemView"][];
            published: number | null;
            revision: number;
            /** Format: date-time */
            updated_at: string;
            updated_by: string | null;
        };
        /**
         * GiveBack
         * @description Give the word to a bot.
         */
        GiveBack: {
            /**
             * @description Which flow begins; left out: the last one goes on where it was stopped.
             * @default null
             */
            flow_id?: string | null;
        };
        /**
         * GiveToBot
         * @description Which bot shall speak.
         */
        GiveToBot: {
            /** Format: uuid */
            bot_id: string;
        };
        /**
         * Goals
         * @description Seconds, by what they are for; at least one.
         */
        Goals: {
            /**
             * @description Of a missed call.
             * @default null
             */
            callback?: number | null;
            /** @default null */
            first_response?: number | null;
            /** @default null */
            next_response?: number | null;
            /**
             * @description Until the first resolve.
             * @default null
             */
            resolution?: number | null;
            /**
             * @description Of calls in a queue: `share` of them is to be answered within this.
             * @default null
             */
            service_level?: number | null;
        };
        /**
         * GoalView
         * @description What a target wants of one thing.
         */
        GoalView: {
            metric: components["schemas"]["Metric"];
            seconds: number;
        };
        /**
         * GraphToCheck
         * @description A graph that is being drawn.
         */
        GraphToCheck: {
            /**
             * @description Whose limits it must keep; empty: those of the rules that wake the flow.
             * @default []
             */
            channel_ids?: string[];
            /** @default null */
            flow_id?: string | null;
            /** @description As `GET /bots/schema` describes it; it may be half drawn. */
            graph: {
                [key: string]: components["schemas"]["JsonValue"];
            };
        };
        /**
         * Group
         * @description One line of a table: a channel, team, agent, tag or source.
         */
        Group: {
            id: string | null;
            name: string;
            oldest: string | null;
            open: number | null;
            values: components["schemas"]["Value"][];
        };
        /**
         * HeardSpans
         * @description What a player played since it last told.
         */
        HeardSpans: {
            /** @description Seconds from, up to. */
            spans: [
                number,
                number
            ][];
        };
        /**
         * HeatCell
         * @description One hour of the week, in the asker's time zone.
         */
        HeatCell: {
            hour: number;
            n: number;
            p50: number | null;
            p90: number | null;
            received: number;
            weekday: number;
        };
        /**
         * HeatMap
         * @description The hours of the week, of a period or of its last hundred days.
         */
        HeatMap: {
            cells: components["schemas"]["HeatCell"][];
            span: components["schemas"]["Span"];
        };
        /**
         * Hello
         * @description The first frame: the client is up to date as of `seq` once the frames after this one are applied.
         */
        Hello: {
            seq: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "hello";
        };
        /**
         * HelpView
         * @description What the assistant wrote: AI's words until a person sends them. Keep `call_id` with the text.
         */
        HelpView: {
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            call_id: string;
            model: string;
            sources: components["schemas"]["SourceView"][];
            task: components["schemas"]["Task"];
            text: string;
        };
        /**
         * HelpWanted
         * @description What the assistant shall do: `draft` and `summarise` need a conversation, `shorten` and `translate` a text.
         */
        HelpWanted: {
            /** @default null */
            conversation_id?: string | null;
            /**
             * @description The language to write in; the caller's own if left out, for a draft the conversation's customer's is better.
             * @default null
             */
            language?: string | null;
            task: components["schemas"]["Task"];
            /** @default  */
            text?: string;
            /**
             * @description For a draft: what the agent wants said, or how.
             * @default
             */
            wishes?: string;
        };
        /**
         * Hold
         * @description A legal hold on one recording.
         */
        Hold: {
            /** Format: date-time */
            at: string;
            by: string | null;
            reason: string;
            /** Format: uuid */
            recording_id: string;
        };
        /**
         * HolidayView
         * @description A public holiday.
         */
        HolidayView: {
            /** Format: date */
            date: string;
            name: string;
        };
        /**
         * HookDeliveryView
         * @description One attempt after the other to tell one hook one thing.
         */
        HookDeliveryView: {
            attempts: number;
            body: string;
            /** Format: date-time */
            created_at: string;
            error: string;
            /** Format: uuid */
            hook_id: string;
            /** Format: uuid */
            id: string;
            kind: components["schemas"]["ChangeKind"];
            next_at: string | null;
            sent_at: string | null;
            seq: number;
            state: string;
            status: number | null;
        };
        /**
         * Page
         * @description One page of a list; `next` is the cursor of the following page, None at the end.
         */
        HookDeliveryViewPage: {
            items: components["schemas"]["HookDeliveryView"][];
            next: string | null;
        };
        /**
         * HookEdit
         * @description What shall change; what is left out stays.
         */
        HookEdit: {
            /** @default null */
            active?: boolean | null;
            /** @default null */
            description?: string | null;
            /** @default null */
            kinds?: components["schemas"]["ChangeKind"][] | null;
            /** @default null */
            url?: string | null;
        };
        /**
         * HookView
         * @description An outgoing webhook, without its secret.
         */
        HookView: {
            active: boolean;
            /** Format: date-time */
            created_at: string;
            created_by: string | null;
            description: string;
            /** Format: uuid */
            id: string;
            kinds: components["schemas"]["ChangeKind"][];
            url: string;
        };
        /**
         * VersionView
         * @description A flow as it was published.
         */
        hub__api__bots__VersionView: {
            at_work: boolean;
            note: string;
            number: number;
            /** Format: date-time */
            published_at: string;
            published_by: string | null;
        };
        /**
         * DoneView
         * @description Something else the flow would have done: `set_field`, `add_tag`, `assign`, `hand_over`, `close` and so on.
         */
        hub__api__bots_panel__DoneView: {
            data: {
                [key: string]: unknown;
            };
            kind: string;
        };
        /**
         * Step
         * @description One step of the test panel. Give back `position` and `at` of the answer for the next.
         */
        hub__api__bots_panel__Step: {
            /**
             * @description The time in the panel; left out: now.
             * @default null
             */
            at?: string | null;
            /**
             * @description On which channel; its limits count.
             * @default null
             */
            channel_id?: string | null;
            /**
             * @description Instead of a channel: on which kind of channel, by the connector's key.
             * @default
             */
            connector?: string;
            /** @default [] */
            files?: string[];
            graph: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /**
             * @description The language the contact is known to speak.
             * @default
             */
            language?: string;
            /**
             * @description Really ask addresses and the model. The knowledge base is always asked.
             * @default false
             */
            looks_up?: boolean;
            /**
             * @description The customer's name, for placeholders.
             * @default
             */
            name?: string;
            /**
             * @description Pretend business hours to be open or closed; left out: as they are now.
             * @default null
             */
            opened?: boolean | null;
            /**
             * @description Left out: a new customer.
             * @default null
             */
            position?: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            /** @default  */
            text?: string;
            /** @default said */
            what?: components["schemas"]["What-Input"];
        };
        /**
         * RuleEdit
         * @description What shall change; what is left out stays.
         */
        hub__api__bots_rules__RuleEdit: {
            /** @default null */
            active?: boolean | null;
            /** @default null */
            after_human?: components["schemas"]["After"] | null;
            /** @default null */
            begins?: components["schemas"]["Begins"] | null;
            /** @default null */
            calendar?: string | null;
            /** @default null */
            channel_ids?: string[] | null;
            /** @default null */
            flow_id?: string | null;
            /** @default null */
            hours?: components["schemas"]["When"] | null;
            /** @default null */
            name?: string | null;
            /**
             * @description Go by the conversation's own calendar again.
             * @default false
             */
            own_calendar?: boolean;
            /** @default null */
            people?: components["schemas"]["People"] | null;
            /** @default null */
            place?: number | null;
        };
        /**
         * SpanView
         * @description A stretch of time; open while `ended_at` is null.
         */
        hub__api__call_views__SpanView: {
            /** Format: date-time */
            began_at: string;
            ended_at: string | null;
        };
        /**
         * Choice
         * @description What an agent chooses.
         */
        hub__api__calls_desk__Choice: {
            chosen: components["schemas"]["Chosen"];
            /** @default  */
            reason?: string;
        };
        /**
         * Choice
         * @description Which calendar a channel, a team, an agent or the company keeps from now on.
         */
        hub__api__hours__Choice: {
            /**
             * @description Null: none of its own. A channel's calendar goes before its team's, that before the company's.
             * @default null
             */
            calendar_id?: string | null;
            keeper: components["schemas"]["Keeper"];
            /**
             * @description Left out for the company.
             * @default null
             */
            keeper_id?: string | null;
        };
        /**
         * SpanView
         * @description A part of a day, on the wall clock.
         */
        hub__api__hours__SpanView: {
            closes: string;
            opens: string;
        };
        /**
         * VersionView
         * @description One version of a calendar.
         */
        hub__api__hours__VersionView: {
            closed_days: number;
            /** Format: date-time */
            since: string;
            version: number;
            week: components["schemas"]["hub__api__hours__SpanView"][][];
            zone: string;
        };
        /**
         * LineEdit
         * @description What shall change; what is left out stays.
         */
        hub__api__lines__LineEdit: {
            /** @default null */
            enabled?: boolean | null;
            /** @default null */
            name?: string | null;
            /** @default null */
            number?: string | null;
            /** @default null */
            team_id?: string | null;
        };
        /**
         * DoneView
         * @description What came of a bot's call.
         */
        hub__api__own_bot__DoneView: {
            interaction_ids: string[];
            troubles: string[];
        };
        /**
         * RuleEdit
         * @description Which calls belong to a queue; everything given has to hold.
         */
        hub__api__review_list__RuleEdit: {
            /** @default [] */
            agent_ids?: string[];
            /** @default null */
            appealed?: boolean | null;
            /** @default [] */
            channel_ids?: string[];
            /**
             * @description Comments are open.
             * @default null
             */
            commented?: boolean | null;
            /** @default null */
            direction?: components["schemas"]["Direction"] | null;
            /** @default null */
            failed?: boolean | null;
            /** @default null */
            max_seconds?: number | null;
            /** @default null */
            min_seconds?: number | null;
            /**
             * @description Calls of agents who are here for at most this many days.
             * @default null
             */
            new_agents?: number | null;
            /** @default newest */
            order?: components["schemas"]["Order"];
            /** @default null */
            recorded?: boolean | null;
            /** @default null */
            reviewed?: boolean | null;
            /** @default 0 */
            salt?: number;
            /**
             * @description Percent of the calls, drawn at random; the same calls each time.
             * @default null
             */
            sample?: number | null;
            /** @default null */
            score_below?: number | null;
            /** @default null */
            score_from?: number | null;
            /** @default [] */
            team_ids?: string[];
            /** @default null */
            within_days?: number | null;
        };
        /**
         * LineEdit
         * @description Another wording.
         */
        hub__api__transcripts__LineEdit: {
            text: string;
        };
        /**
         * Outcome
         * @description What came of it.
         * @enum {string}
         */
        hub__domain__assistant__Outcome: "answered" | "refused" | "blocked" | "failed" | "limited";
        /**
         * Outcome
         * @description What became of an ended call. Exactly one, never mixed (docs/metrics.md 12).
         * @enum {string}
         */
        hub__domain__call__Outcome: "answered" | "short_abandon" | "abandoned" | "missed" | "voicemail" | "callback" | "overflow" | "after_hours" | "left_early" | "blocked" | "no_answer" | "busy" | "machine" | "cancelled" | "failed";
        /**
         * Step
         * @description How long one point of a series is.
         * @enum {string}
         */
        hub__domain__reports__period__Step: "hour" | "day" | "week" | "month";
        /**
         * Step
         * @description One thing that happened to a review; they are only ever added.
         */
        hub__domain__review__review__Step: {
            after: number | null;
            /** Format: date-time */
            at: string;
            before: number | null;
            /** Format: uuid */
            by: string;
            kind: components["schemas"]["StepKind"];
            words: string;
        };
        /**
         * Outcome
         * @description What became of one run.
         * @enum {string}
         */
        hub__domain__rules__records__Outcome: "done" | "idle" | "failed" | "held";
        /**
         * IdentityAction
         * @description What was done to the identity of contacts.
         * @enum {string}
         */
        IdentityAction: "merge" | "split" | "never_merge";
        /**
         * IdentityChange
         * @description One logged, undoable decision about who is who.
         *
         *     merge: `contact_id` was shown as `other_id` from then on. split: the points in `point_ids` moved from
         *     `other_id` to the new contact `contact_id`. never_merge: the two are never to be suggested again.
         */
        IdentityChange: {
            action: components["schemas"]["IdentityAction"];
            /** Format: date-time */
            at: string;
            by: string | null;
            /** Format: uuid */
            contact_id: string;
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            other_id: string;
            point_ids: string[];
            reason: string;
            undone_at: string | null;
            undone_by: string | null;
        };
        /**
         * IdentityDecision
         * @description A decision and the contact as it is shown after it.
         */
        IdentityDecision: {
            change: components["schemas"]["IdentityChange"];
            contact: components["schemas"]["ContactView"];
        };
        /**
         * IdentityEntry
         * @description A decision with the names of people, for the history.
         */
        IdentityEntry: {
            by_name: string;
            change: components["schemas"]["IdentityChange"];
            contact_name: string;
            other_name: string;
        };
        /**
         * Imported
         * @description What reading a file did, or would do.
         */
        Imported: {
            added: number;
            changed: number;
            left_out: number;
            problems: components["schemas"]["LineProblem"][];
            unchanged: number;
        };
        /**
         * ImportView
         * @description What a file gave.
         */
        ImportView: {
            added: number;
            calendar: components["schemas"]["CalendarView"];
            skipped: number;
        };
        /**
         * InteractionKind
         * @description What sort of entry it is.
         * @enum {string}
         */
        InteractionKind: "message" | "call" | "note" | "event";
        /**
         * InteractionView
         * @description An entry of a thread or timeline.
         */
        InteractionView: {
            album: string | null;
            attachments: components["schemas"]["AttachmentView"][];
            author_id: string | null;
            author_kind: components["schemas"]["AuthorKind"];
            author_name: string;
            /** Format: uuid */
            channel_id: string;
            content: components["schemas"]["ContentKind"];
            /** Format: uuid */
            conversation_id: string;
            data: {
                [key: string]: unknown;
            };
            deleted_at: string | null;
            delivery: components["schemas"]["DeliveryView"] | null;
            demo: boolean;
            direction: components["schemas"]["Direction"];
            edited_at: string | null;
            has_html: boolean;
            /** Format: uuid */
            id: string;
            journal_seq: number | null;
            kind: components["schemas"]["InteractionKind"];
            /** Format: date-time */
            occurred_at: string;
            reactions: components["schemas"]["ReactionView"][];
            /** Format: date-time */
            received_at: string;
            recovered: boolean;
            reply_to: components["schemas"]["QuoteView"] | null;
            subject: string;
            text: string;
        };
        /**
         * Page
         * @description One page of a list; `next` is the cursor of the following page, None at the end.
         */
        InteractionViewPage: {
            items: components["schemas"]["InteractionView"][];
            next: string | null;
        };
        /**
         * JournalHealth
         * @description Whether raw events are read as fast as they come.
         */
        JournalHealth: {
            /** @description seconds */
            lag: number;
            oldest_unread: string | null;
        };
        JsonValue: unknown;
        /**
         * Keeper
         * @description Who keeps the hours of a calendar.
         * @enum {string}
         */
        Keeper: "channel" | "team" | "agent" | "company";
        /**
         * KeeperView
         * @description Who keeps a calendar, since when.
         */
        KeeperView: {
            calendar_id: string | null;
            keeper: components["schemas"]["Keeper"];
            keeper_id: string | null;
            /** Format: date-time */
            since: string;
        };
        /**
         * Lane
         * @description Whose voice is on one channel of the audio.
         * @enum {string}
         */
        Lane: "agent" | "contact" | "mixed";
        /**
         * LaneView
         * @description One lane of the waveform.
         */
        LaneView: {
            lane: components["schemas"]["Lane"];
            peaks: number[];
        };
        /**
         * LedgerLine
         * @description The loss ledger of one channel over a span of days. received - stored and waiting must be 0 in a healthy hub.
         */
        LedgerLine: {
            /** Format: uuid */
            channel_id: string;
            known: number;
            last_received_at: string | null;
            parked: number;
            received: number;
            recovered: number;
            shown: number;
            stored: number;
            unneeded: number;
            unparsed: number;
            waiting: number;
        };
        /**
         * LegView
         * @description One connection of a call.
         */
        LegView: {
            address: string;
            /** Format: date-time */
            began_at: string;
            ended_at: string | null;
            ending: components["schemas"]["Ending"] | null;
            id: string;
            joined_at: string | null;
            left_at: string | null;
            party: components["schemas"]["Party"] | null;
            ringing_at: string | null;
            user_id: string | null;
        };
        /**
         * Level
         * @description Whether a flow may be published in spite of it.
         * @enum {string}
         */
        Level: "error" | "warning";
        /**
         * Line
         * @description One turn of a speaker.
         */
        Line: {
            confidence: number | null;
            edited: boolean;
            end: number;
            number: number;
            redacted: boolean;
            speaker: components["schemas"]["Lane"];
            start: number;
            text: string;
        };
        /**
         * LineProblem
         * @description Why a line of a file was left out.
         */
        LineProblem: {
            line: number;
            words: string;
        };
        /**
         * LineRevision
         * @description An earlier wording of a line somebody edited. What a redaction took out is not kept anywhere.
         */
        LineRevision: {
            number: number;
            /** Format: date-time */
            replaced_at: string;
            /** Format: uuid */
            replaced_by: string;
            text: string;
        };
        /**
         * LineVersionView
         * @description One version of a line's plan.
         */
        LineVersionView: {
            /** Format: uuid */
            line_id: string;
            /** Format: date-time */
            made_at: string;
            made_by: string | null;
            note: string;
            plan: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            version: number;
        };
        /**
         * LineView
         * @description A line.
         */
        LineView: {
            /** Format: uuid */
            channel_id: string;
            /** Format: date-time */
            created_at: string;
            enabled: boolean;
            /** Format: uuid */
            id: string;
            name: string;
            number: string;
            team_id: string | null;
            version: number;
        };
        /**
         * MacroDone
         * @description What became of one action.
         */
        MacroDone: {
            do: string;
            idle: boolean;
            problem: string;
        };
        /**
         * MacroEdit
         * @description What a macro shall be.
         */
        MacroEdit: {
            /** @description In the order in which they are done, as /macros/schema says. */
            actions: {
                [key: string]: components["schemas"]["JsonValue"];
            }[];
            name: string;
            /**
             * @description Everybody's; else the caller's own.
             * @default false
             */
            shared?: boolean;
            /**
             * @description Of a shared one: the teams whose conversations it fits; none: all.
             * @default []
             */
            team_ids?: string[];
        };
        /**
         * MacroRun
         * @description A macro to carry out.
         */
        MacroRun: {
            /**
             * Format: uuid
             * @description Of the line it writes: the same again does nothing more.
             */
            id: string;
        };
        /**
         * MacroRunView
         * @description A macro that was carried out.
         */
        MacroRunView: {
            done: components["schemas"]["MacroDone"][];
            /** Format: uuid */
            id: string;
        };
        /**
         * MacroStep
         * @description What one action would do in a conversation.
         */
        MacroStep: {
            action: {
                [key: string]: unknown;
            };
            idle: boolean;
            problem: string;
            text: string;
        };
        /**
         * MacroView
         * @description A macro.
         */
        MacroView: {
            actions: {
                [key: string]: unknown;
            }[];
            /** Format: uuid */
            id: string;
            last_used_at: string | null;
            name: string;
            shared: boolean;
            team_ids: string[];
            /** Format: date-time */
            updated_at: string;
            used: number;
        };
        /**
         * MailFormat
         * @description What a mailed report has attached.
         * @enum {string}
         */
        MailFormat: "pdf" | "csv";
        /**
         * MarkView
         * @description A step that was entered, left or handed over at, for the builder to show the way.
         */
        MarkView: {
            mark: string;
            step: string;
        };
        /**
         * MediaRule
         * @description What attachments a channel carries.
         */
        MediaRule: {
            max_bytes: number;
            max_count: number;
            sizes: {
                [key: string]: number;
            };
            types: string[];
        };
        /**
         * Merge
         * @description Show `other_id` as this contact.
         */
        Merge: {
            /**
             * @description The name to keep; empty keeps this contact's.
             * @default
             */
            name?: string;
            /** Format: uuid */
            other_id: string;
            /** @default  */
            reason?: string;
        };
        /**
         * MergeConversation
         * @description Make all that was said in `other_id` part of this conversation.
         */
        MergeConversation: {
            /** Format: uuid */
            other_id: string;
            /** @default  */
            reason?: string;
        };
        /**
         * MergedConversation
         * @description A merge, and the conversation as it is after it or after its undoing.
         */
        MergedConversation: {
            merge: components["schemas"]["ConversationMerge"];
            row: components["schemas"]["ConversationRow"];
        };
        /**
         * MergeEntry
         * @description A merge with the name of whoever decided it, for the history.
         */
        MergeEntry: {
            by_name: string;
            merge: components["schemas"]["ConversationMerge"];
        };
        /**
         * Method
         * @description In which order a team's agents get conversations.
         * @enum {string}
         */
        Method: "off" | "round_robin" | "least_busy";
        /**
         * Metric
         * @description What a target is about.
         * @enum {string}
         */
        Metric: "first_response" | "next_response" | "resolution" | "callback" | "service_level";
        /**
         * Mine
         * @description An agent's own figures.
         */
        Mine: {
            load: components["schemas"]["AgentLoad"] | null;
            series: components["schemas"]["Series"];
            /** Format: uuid */
            user_id: string;
            values: components["schemas"]["Value"][];
        };
        /**
         * Named
         * @description Periods people ask for by name, in their time zone. Weeks begin on Monday.
         * @enum {string}
         */
        Named: "today" | "yesterday" | "last_7_days" | "last_30_days" | "last_90_days" | "this_week" | "last_week" | "this_month" | "last_month";
        /**
         * NeverMerge
         * @description These are two people.
         */
        NeverMerge: {
            /** Format: uuid */
            other_id: string;
            /** @default  */
            reason?: string;
        };
        /**
         * NewArticle
         * @description An answer in one language, and the ways customers ask for it.
         */
        NewArticle: {
            answer: string;
            /** Format: uuid */
            id: string;
            language: string;
            /** @default true */
            published?: boolean;
            /** @description The first is the title. */
            questions: string[];
            /** @default  */
            source?: string;
            /** @default [] */
            tags?: string[];
            /**
             * @description Articles of the same topic are translations of each other.
             * @default
             */
            topic?: string;
        };
        /**
         * NewBot
         * @description A program that shall speak with customers.
         */
        NewBot: {
            /**
             * @description Seconds within which it must acknowledge an event, or humans get the conversation.
             * @default 15
             */
            ack_within?: number;
            /**
             * @description Seconds within which it must then do something.
             * @default 60
             */
            answer_within?: number;
            /** Format: uuid */
            id: string;
            name: string;
            /**
             * @description Where its events are posted; empty: it listens on the WebSocket /bot/live.
             * @default
             */
            url?: string;
        };
        /**
         * NewBotView
         * @description A bot with its token and the secret that signs what it is told; both are shown only now.
         */
        NewBotView: {
            bot: components["schemas"]["BotView"];
            secret: string | null;
            token: string | null;
        };
        /**
         * NewCalendar
         * @description A calendar of business hours. Without more said it is open around the clock in UTC.
         */
        NewCalendar: {
            /**
             * @description Whose public holidays are closed days.
             * @default null
             */
            country?: string | null;
            /** Format: uuid */
            id: string;
            name: string;
            /** @default null */
            own_days?: components["schemas"]["OwnDay"][] | null;
            /** @default null */
            subdivision?: string | null;
            /** @default null */
            week?: components["schemas"]["OpenHours"][][] | null;
            /** @default null */
            zone?: string | null;
        };
        /**
         * NewCall
         * @description A call to place.
         */
        NewCall: {
            /** Format: uuid */
            channel_id: string;
            /**
             * @description What rings on the agent's side; without it the agent's first phone.
             * @default null
             */
            device?: components["schemas"]["DeviceInput"] | null;
            /** Format: uuid */
            id: string;
            number: string;
        };
        /**
         * NewCard
         * @description A scorecard to make.
         */
        NewCard: {
            /** @default  */
            description?: string;
            /** Format: uuid */
            id: string;
            name: string;
            /** @default null */
            pass_mark?: number | null;
            sections: components["schemas"]["SectionEdit"][];
        };
        /**
         * NewChannel
         * @description An account to connect.
         */
        NewChannel: {
            connector: string;
            /** @default true */
            enabled?: boolean;
            /** Format: uuid */
            id: string;
            /** @default null */
            idle_after?: number | null;
            name: string;
            /** @default null */
            reopen_window?: number | null;
            /** @default contact */
            sender_rule?: components["schemas"]["SenderRule"];
            settings: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** @default null */
            team_id?: string | null;
        };
        /**
         * NewComment
         * @description A comment at a second or a range, or an answer to one (`parent_id`), which has the thread's place.
         */
        NewComment: {
            /** @default null */
            end?: number | null;
            /** Format: uuid */
            id: string;
            /** @default [] */
            mentions?: string[];
            /** @default null */
            parent_id?: string | null;
            /** @default 0 */
            start?: number;
            text: string;
            /** @default reviewers */
            visibility?: components["schemas"]["Visibility"];
        };
        /**
         * NewContact
         * @description A contact made by hand.
         */
        NewContact: {
            /** @default  */
            company?: string;
            /** Format: uuid */
            id: string;
            name: string;
            /** @default [] */
            points?: components["schemas"]["NewPoint"][];
        };
        /**
         * NewConversation
         * @description A first message to somebody: a contact point, or an address typed by hand.
         */
        NewConversation: {
            /** @default null */
            address?: string | null;
            /** @default [] */
            attachment_ids?: string[];
            /** @default [] */
            cc?: string[];
            /** Format: uuid */
            channel_id: string;
            /** @default null */
            contact_point_id?: string | null;
            /** @default  */
            html?: string;
            /** Format: uuid */
            id: string;
            /**
             * @description What to call a new contact.
             * @default
             */
            name?: string;
            /** @default  */
            subject?: string;
            /**
             * @description Send this template instead of a text: on some channels the only way to write first.
             * @default null
             */
            template?: components["schemas"]["TemplateChoice"] | null;
            /** @default  */
            text?: string;
        };
        /**
         * NewDraft
         * @description What somebody has begun to write.
         */
        NewDraft: {
            /**
             * @description The call of the assistant that wrote it: the mark “written with AI” stays with what is sent.
             * @default null
             */
            assistant_call_id?: string | null;
            /** @default [] */
            attachment_ids?: string[];
            /** @default [] */
            cc?: string[];
            /** @default  */
            html?: string;
            /** @default false */
            note?: boolean;
            /** @default null */
            reply_to_id?: string | null;
            text: string;
        };
        /**
         * NewExport
         * @description A file of what is behind a figure. `asked` has the words of /reports/waits or /reports/entries.
         */
        NewExport: {
            asked: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** @default xlsx */
            format?: components["schemas"]["ExportFormat"];
            /** Format: uuid */
            id: string;
        };
        /**
         * NewFlow
         * @description A new flow: an empty one, a ready one, or one that was exported.
         */
        NewFlow: {
            /** @default  */
            description?: string;
            /**
             * @description A graph, also one that was exported, with its name in it.
             * @default null
             */
            draft?: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            /** Format: uuid */
            id: string;
            /**
             * @description Left out: the imported one's or the ready one's.
             * @default null
             */
            name?: string | null;
            /**
             * @description The key of a ready flow.
             * @default null
             */
            starter?: string | null;
        };
        /**
         * NewHook
         * @description Where to tell what happens.
         */
        NewHook: {
            /** @default  */
            description?: string;
            /** Format: uuid */
            id: string;
            /** @default [] */
            kinds?: components["schemas"]["ChangeKind"][];
            url: string;
        };
        /**
         * NewHookView
         * @description A new webhook and the secret that signs its bodies, which is shown only now.
         */
        NewHookView: {
            hook: components["schemas"]["HookView"];
            secret: string | null;
        };
        /**
         * NewLine
         * @description A line to make.
         */
        NewLine: {
            /** Format: uuid */
            channel_id: string;
            /** Format: uuid */
            id: string;
            /** @default en */
            language?: string;
            name: string;
            /** @default  */
            number?: string;
            /**
             * @description Without it: ring whoever is longest idle, then take a message.
             * @default null
             */
            plan?: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            /** @default null */
            team_id?: string | null;
        };
        /**
         * NewMacro
         * @description A list of actions with a name.
         */
        NewMacro: {
            /** @description In the order in which they are done, as /macros/schema says. */
            actions: {
                [key: string]: components["schemas"]["JsonValue"];
            }[];
            /** Format: uuid */
            id: string;
            name: string;
            /**
             * @description Everybody's; else the caller's own.
             * @default false
             */
            shared?: boolean;
            /**
             * @description Of a shared one: the teams whose conversations it fits; none: all.
             * @default []
             */
            team_ids?: string[];
        };
        /**
         * NewNote
         * @description A note for colleagues.
         */
        NewNote: {
            /**
             * @description The call of the assistant that wrote it: the mark “written with AI” stays with what is sent.
             * @default null
             */
            assistant_call_id?: string | null;
            /** @default [] */
            attachment_ids?: string[];
            /** Format: uuid */
            id: string;
            text: string;
        };
        /**
         * NewPassword
         * @description A change of one's own password.
         */
        NewPassword: {
            current: string;
            new: string;
        };
        /**
         * NewPasswordView
         * @description A random password, to be changed at the next login. It is shown only now.
         */
        NewPasswordView: {
            password: string;
        };
        /**
         * NewPlay
         * @description The beginning of playing or downloading.
         */
        NewPlay: {
            /**
             * @default play
             * @enum {string}
             */
            kind?: "play" | "download";
            /** @default  */
            reason?: string;
        };
        /**
         * NewPoint
         * @description An address.
         */
        NewPoint: {
            address: string;
            /** @description `email`, `phone`, or a provider's own space. */
            namespace: string;
        };
        /**
         * NewQueue
         * @description A queue to save.
         */
        NewQueue: {
            /** Format: uuid */
            id: string;
            name: string;
            rule: components["schemas"]["hub__api__review_list__RuleEdit"];
            /** @default false */
            shared?: boolean;
        };
        /**
         * NewReply
         * @description A reply to the customer.
         */
        NewReply: {
            /**
             * @description The call of the assistant that wrote it: the mark “written with AI” stays with what is sent.
             * @default null
             */
            assistant_call_id?: string | null;
            /** @default [] */
            attachment_ids?: string[];
            /** @default [] */
            cc?: string[];
            /**
             * @description Beside the text, where the channel carries rich text.
             * @default
             */
            html?: string;
            /**
             * Format: uuid
             * @description Made by the client (UUIDv7): repeating the request sends nothing twice.
             */
            id: string;
            /** @default null */
            reply_to_id?: string | null;
            /**
             * @description Resolve the conversation once the provider took the message.
             * @default false
             */
            resolve?: boolean;
            /**
             * @description Send this template instead of a text: the only thing that may go outside the reply window.
             * @default null
             */
            template?: components["schemas"]["TemplateChoice"] | null;
            /** @default  */
            text?: string;
        };
        /**
         * NewReport
         * @description A report to keep. `asked` holds the words of the report's address: period, from, to, zone, channel.
         */
        NewReport: {
            asked: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** @default null */
            channel_id?: string | null;
            /** @default pdf */
            format?: components["schemas"]["MailFormat"];
            /** Format: uuid */
            id: string;
            name: string;
            /** @default [] */
            recipients?: string[];
            /** @default never */
            schedule?: components["schemas"]["Schedule"];
            /** @default false */
            shared?: boolean;
        };
        /**
         * NewReview
         * @description A review to begin.
         */
        NewReview: {
            /**
             * @description Whom it is about where several of us spoke; else the one who answered.
             * @default null
             */
            agent_id?: string | null;
            /**
             * @description For comparing reviewers: counts nowhere, and the agent does not see it.
             * @default false
             */
            calibration?: boolean;
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            scorecard_id: string;
        };
        /**
         * NewRule
         * @description A new rule.
         */
        NewRule: {
            /** @default true */
            active?: boolean;
            /** @default resolved */
            after_human?: components["schemas"]["After"];
            /** @default new */
            begins?: components["schemas"]["Begins"];
            /** @default  */
            bot?: string;
            /** @default null */
            calendar?: string | null;
            /** @default [] */
            channel_ids?: string[];
            /** @default null */
            flow_id?: string | null;
            /** @default any */
            hours?: components["schemas"]["When"];
            /** Format: uuid */
            id: string;
            name: string;
            /** @default anyone */
            people?: components["schemas"]["People"];
            /** @default 0 */
            place?: number;
        };
        /**
         * NewSavedReply
         * @description A text agents insert while they write.
         */
        NewSavedReply: {
            /**
             * @description The channels it fits; none: all.
             * @default []
             */
            channel_ids?: string[];
            /** Format: uuid */
            id: string;
            name: string;
            /**
             * @description What is typed after the slash: letters, digits, `-` and `_`; unique.
             * @default
             */
            shortcut?: string;
            /**
             * @description The teams whose conversations it fits; none: all.
             * @default []
             */
            team_ids?: string[];
            /** @description Language → text with variables such as `{{ contact.name }}`; the first is for all other languages. */
            texts: {
                [key: string]: string;
            };
        };
        /**
         * NewSurvey
         * @description Whom to ask how it was after a conversation is resolved. Those there are already are tried before it.
         */
        NewSurvey: {
            /** @default true */
            active?: boolean;
            /**
             * @description None: every channel on which the hub can ask.
             * @default []
             */
            channel_ids?: string[];
            /**
             * @description Ask for some words, too.
             * @default true
             */
            comments?: boolean;
            /**
             * @description From the resolve to the question.
             * @default 300
             */
            delay_seconds?: number;
            /** Format: uuid */
            id: string;
            name: string;
            /**
             * @description For so long an answer is taken; the newest counts.
             * @default 7
             */
            open_days?: number;
            /**
             * @description Ask only where a person of ours wrote.
             * @default true
             */
            people_only?: boolean;
            /**
             * @description Who was asked within so many days is not asked again.
             * @default 30
             */
            quiet_days?: number;
            /** @default five */
            scale?: components["schemas"]["Scale"];
            /**
             * @description None: all, and conversations without a team.
             * @default []
             */
            team_ids?: string[];
            /** @description Channel → key of the template to ask with where the reply window is shut. */
            templates?: {
                [key: string]: string;
            };
            wording?: {
                [key: string]: components["schemas"]["WordingInput"];
            };
        };
        /**
         * NewTarget
         * @description A target. Those there are already are tried before it.
         */
        NewTarget: {
            /** Format: uuid */
            id: string;
            name: string;
            rule: components["schemas"]["RuleInput"];
        };
        /**
         * NewTeam
         * @description A team.
         */
        NewTeam: {
            /** Format: uuid */
            id: string;
            /** @default [] */
            member_ids?: string[];
            name: string;
        };
        /**
         * NewToken
         * @description What a program may do, and for how long.
         */
        NewToken: {
            actions: components["schemas"]["Action"][];
            /** @default null */
            expires_at?: string | null;
            name: string;
        };
        /**
         * NewTokenView
         * @description A new token and its secret, which is shown only now.
         */
        NewTokenView: {
            secret: string;
            token: components["schemas"]["TokenView"];
        };
        /**
         * NewUser
         * @description Somebody who starts to work here.
         */
        NewUser: {
            email: string;
            /** Format: uuid */
            id: string;
            name: string;
            /**
             * @description To be changed at the first login. Left out: a random one is made.
             * @default null
             */
            password?: string | null;
            role: components["schemas"]["Role"];
            /** @default [] */
            team_ids?: string[];
        };
        /**
         * NewUserView
         * @description A new user, and the random password if none was given. It is shown only now.
         */
        NewUserView: {
            password: string | null;
            user: components["schemas"]["User"];
        };
        /**
         * NewVersion
         * @description A plan to follow from now on.
         */
        NewVersion: {
            /** @description The version that was looked at: if another one was saved since, this one is refused. */
            based_on: number;
            /** @default  */
            note?: string;
            plan: {
                [key: string]: components["schemas"]["JsonValue"];
            };
        };
        /**
         * NewWorkRule
         * @description A rule; it is switched off at first.
         */
        NewWorkRule: {
            /** @description `triggers`, `conditions`, `actions` and the rest, as /rules/schema says. */
            body: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** Format: uuid */
            id: string;
            name: string;
        };
        /**
         * NextCard
         * @description The next version of a scorecard.
         */
        NextCard: {
            /** @description The version this was made from: somebody else's change meanwhile answers 409. */
            base: number;
            /** @default  */
            description?: string;
            name: string;
            /** @default null */
            pass_mark?: number | null;
            sections: components["schemas"]["SectionEdit"][];
        };
        /**
         * NumbersView
         * @description Figures of calls, in all and by group. Empty sets are null.
         */
        NumbersView: {
            callbacks: components["schemas"]["CallbackNumbers"];
            groups: {
                [key: string]: components["schemas"]["CallNumbers"];
            };
            hidden: boolean;
            /** Format: date-time */
            since: string;
            total: components["schemas"]["CallNumbers"];
            /** Format: date-time */
            until: string;
        };
        /**
         * On
         * @description What makes a rule look.
         * @enum {string}
         */
        On: "message_in" | "message_out" | "opened" | "reopened" | "resolved" | "state_changed" | "assigned" | "team_changed" | "tagged" | "priority_changed" | "target_at_risk" | "target_breached" | "missed_contact" | "contact_changed" | "unanswered" | "idle";
        /**
         * OpenHours
         * @description Open from one time of day to another; up to a time before it is up to the next day's.
         */
        OpenHours: {
            closes: string;
            opens: string;
        };
        /**
         * OpenWaits
         * @description The waits that are open now, of a selection.
         */
        OpenWaits: {
            late: number;
            n: number;
            oldest: string | null;
            pending: number;
        };
        /**
         * Order
         * @description How a queue is sorted.
         * @enum {string}
         */
        Order: "newest" | "oldest" | "longest" | "lowest_score";
        /**
         * Outcome
         * @description What became of an ended call. Exactly one, never mixed (docs/metrics.md 12).
         * @enum {string}
         */
        "Outcome-Input": "answered" | "short_abandon" | "abandoned" | "missed" | "voicemail" | "callback" | "overflow" | "after_hours" | "left_early" | "blocked" | "no_answer" | "busy" | "machine" | "cancelled" | "failed";
        /**
         * Overview
         * @description How this installation is.
         */
        Overview: {
            channels: components["schemas"]["ChannelHealth"][];
            database: string;
            disk: components["schemas"]["DiskHealth"] | null;
            journal: components["schemas"]["JournalHealth"];
            node: string;
            outbox: {
                [key: string]: number;
            };
            problems: string[];
            /** Format: date-time */
            started_at: string;
            /** @description seconds */
            uptime: number;
            version: string;
        };
        /**
         * OwnDay
         * @description A day with hours of its own; without any it is closed.
         */
        OwnDay: {
            /** Format: date */
            date: string;
            /** @default [] */
            hours?: components["schemas"]["OpenHours"][];
            /** @default  */
            name?: string;
        };
        /**
         * OwnWords
         * @description What the hub says in one language where an admin wrote nothing.
         */
        OwnWords: {
            labels: {
                [key: string]: string[];
            };
            language: string;
            texts: components["schemas"]["Wording"];
        };
        /**
         * ParticipantRole
         * @description What part an address plays in a conversation.
         * @enum {string}
         */
        ParticipantRole: "counterpart" | "cc" | "member";
        /**
         * ParticipantView
         * @description Somebody who takes part in a conversation.
         */
        ParticipantView: {
            address: string;
            /** Format: uuid */
            contact_id: string;
            /** Format: uuid */
            contact_point_id: string;
            name: string;
            role: components["schemas"]["ParticipantRole"];
        };
        /**
         * Party
         * @description Who is at the end of a leg.
         * @enum {string}
         */
        Party: "contact" | "agent" | "outside" | "supervisor";
        /**
         * PauseView
         * @description A stretch without recording; open while `ended_at` is null.
         */
        PauseView: {
            /** Format: date-time */
            began_at: string;
            ended_at: string | null;
            sure: boolean;
        };
        /**
         * People
         * @description Whose messages wake a bot.
         * @enum {string}
         */
        People: "anyone" | "new" | "known";
        /**
         * PhoneTokenView
         * @description What the browser phone logs in with.
         */
        PhoneTokenView: {
            /** Format: date-time */
            expires_at: string;
            identity: string;
            /** @enum {string} */
            kind: "twilio" | "sip";
            values: {
                [key: string]: string;
            };
        };
        /**
         * Ping
         * @description The client asks whether the line is alive; answered with `pong`.
         */
        Ping: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "ping";
        };
        /**
         * PlacedCallView
         * @description A call that was ordered.
         */
        PlacedCallView: {
            browser: boolean;
            call: string;
            caller_id: string;
            /** Format: uuid */
            id: string;
            number: string;
        };
        /**
         * PlanCheck
         * @description What is wrong with a plan; empty if it can be saved.
         */
        PlanCheck: {
            plan: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            problems: components["schemas"]["PlanProblemView"][];
        };
        /**
         * PlanCode
         * @description Every sort of problem; behind each stand its parameters.
         * @enum {string}
         */
        PlanCode: "no_start" | "nowhere" | "unreachable" | "silent_loop" | "no_choices" | "bad_key" | "key_lengths" | "no_target" | "nothing_said" | "too_many_steps";
        /**
         * PlanInput
         * @description A plan to look at.
         */
        PlanInput: {
            plan: {
                [key: string]: components["schemas"]["JsonValue"];
            };
        };
        /**
         * PlanProblemView
         * @description One thing that is wrong with a plan.
         */
        PlanProblemView: {
            code: components["schemas"]["PlanCode"];
            field: string;
            parameters: {
                [key: string]: string | number;
            };
            step: string;
            words: string;
        };
        /**
         * PlayKind
         * @description What somebody did, or wanted to do, with a recording or a live call.
         * @enum {string}
         */
        PlayKind: "play" | "download" | "listen" | "whisper" | "barge" | "refused";
        /**
         * Playlist
         * @description Clips in an order of their own, for training.
         */
        Playlist: {
            clips: components["schemas"]["Clip"][];
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            created_by: string;
            description: string;
            /** Format: uuid */
            id: string;
            name: string;
            shared: boolean;
        };
        /**
         * PlaylistEdit
         * @description A playlist's name and who may hear it.
         */
        PlaylistEdit: {
            /** @default  */
            description?: string;
            name: string;
            /** @default false */
            shared?: boolean;
        };
        /**
         * PlayView
         * @description A line of the play log.
         */
        PlayView: {
            address: string;
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            call_id: string;
            heard: [
                number,
                number
            ][];
            heard_seconds: number;
            /** Format: uuid */
            id: string;
            kind: components["schemas"]["PlayKind"];
            /** Format: date-time */
            last_at: string;
            program: string;
            reason: string;
            /** Format: uuid */
            recording_id: string;
            sent: [
                number,
                number
            ][];
            sent_seconds: number;
            user_id: string | null;
        };
        /**
         * Page
         * @description One page of a list; `next` is the cursor of the following page, None at the end.
         */
        PlayViewPage: {
            items: components["schemas"]["PlayView"][];
            next: string | null;
        };
        /**
         * Point
         * @description One point of a series.
         */
        Point: {
            attainment: number | null;
            began: number;
            /** Format: date-time */
            end: string;
            ended: number;
            missed: number;
            open: number | null;
            p50: number | null;
            p90: number | null;
            received: number;
            sent: number;
            /** Format: date-time */
            start: string;
        };
        /**
         * Pong
         * @description The line is alive.
         */
        Pong: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "pong";
        };
        /**
         * Presence
         * @description Who has a conversation open now; replaces what was said before.
         */
        Presence: {
            /** Format: uuid */
            conversation_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "presence";
            users: components["schemas"]["Viewer"][];
        };
        /**
         * PresenceState
         * @description How an agent stands, as colleagues see it.
         * @enum {string}
         */
        PresenceState: "available" | "ringing" | "busy" | "wrap_up" | "away";
        /**
         * PresenceView
         * @description How somebody stands.
         */
        PresenceView: {
            call_id: string | null;
            chosen: components["schemas"]["Chosen"];
            devices: components["schemas"]["DeviceView"][];
            reason: string;
            /** Format: date-time */
            since: string;
            skills: string[];
            state: components["schemas"]["PresenceState"];
            /** Format: uuid */
            user_id: string;
            wrap_up_until: string | null;
        };
        /**
         * Priority
         * @description How urgent, lowest first.
         * @enum {string}
         */
        Priority: "low" | "normal" | "high" | "urgent";
        /**
         * ProblemDetails
         * @description The body of every answer that is not what was asked for (RFC 9457).
         */
        ProblemDetails: {
            detail: string;
            errors: components["schemas"]["FieldError"][];
            request_id: string;
            status: number;
            title: string;
            type: string;
        };
        /**
         * ProblemView
         * @description One thing that is wrong with a flow. Errors stop it from being published, warnings do not.
         */
        ProblemView: {
            code: components["schemas"]["Code"];
            field: string;
            level: components["schemas"]["Level"];
            parameters: {
                [key: string]: string | number;
            };
            step: string;
            words: string;
        };
        /**
         * Profile
         * @description What people change about themselves; what is left out stays.
         */
        Profile: {
            /** @default null */
            language?: string | null;
            /** @default null */
            name?: string | null;
        };
        /**
         * Publication
         * @description Put the draft to work.
         */
        Publication: {
            /**
             * @description What is new in it, for colleagues.
             * @default
             */
            note?: string;
        };
        /**
         * Question
         * @description One question of a section.
         */
        Question: {
            choices: components["schemas"]["Choice-Output"][];
            fails: string[];
            guide: string;
            key: string;
            kind: components["schemas"]["QuestionKind"];
            mandatory: boolean;
            may_be_na: boolean;
            text: string;
            weight: number;
        };
        /**
         * QuestionEdit
         * @description One question. Its key stays the same over versions, so that its scores can be followed.
         */
        QuestionEdit: {
            /** @default [] */
            choices?: components["schemas"]["ChoiceEdit"][];
            /**
             * @description Answers that fail the whole card: `no`, `1`, a choice's key.
             * @default []
             */
            fails?: string[];
            /** @default  */
            guide?: string;
            key: string;
            kind: components["schemas"]["QuestionKind"];
            /** @default true */
            mandatory?: boolean;
            /** @default true */
            may_be_na?: boolean;
            text: string;
            /** @description Percent of its section; 0 for what is asked but not scored. */
            weight: number;
        };
        /**
         * QuestionKind
         * @description How a question is answered.
         * @enum {string}
         */
        QuestionKind: "yes_no" | "scale" | "choice" | "text";
        /**
         * QueueEdit
         * @description A saved queue.
         */
        QueueEdit: {
            name: string;
            rule: components["schemas"]["hub__api__review_list__RuleEdit"];
            /** @default false */
            shared?: boolean;
        };
        /**
         * QueueNow
         * @description One line's queue of calls.
         */
        QueueNow: {
            calls: number;
            line_id: string | null;
            /** Format: date-time */
            oldest: string;
        };
        /**
         * QueueRule
         * @description Which calls belong to a queue; everything given has to hold.
         */
        QueueRule: {
            agent_ids: string[];
            appealed: boolean | null;
            channel_ids: string[];
            commented: boolean | null;
            direction: components["schemas"]["Direction"] | null;
            failed: boolean | null;
            max_seconds: number | null;
            min_seconds: number | null;
            new_agents: number | null;
            order: components["schemas"]["Order"];
            recorded: boolean | null;
            reviewed: boolean | null;
            salt: number;
            sample: number | null;
            score_below: number | null;
            score_from: number | null;
            team_ids: string[];
            within_days: number | null;
        };
        /**
         * QueueView
         * @description A queue with how many calls are in it.
         */
        QueueView: {
            count: number;
            id: string | null;
            key: string;
            name: string;
            owner_id: string | null;
            rule: components["schemas"]["QueueRule"];
            shared: boolean;
        };
        /**
         * QuoteView
         * @description The message a message answers, in short.
         */
        QuoteView: {
            author_name: string;
            /** Format: uuid */
            id: string;
            preview: string;
        };
        /**
         * RatingPage
         * @description A page of ratings, the newest first.
         */
        RatingPage: {
            items: components["schemas"]["RatingRow"][];
            next: string | null;
        };
        /**
         * RatingRow
         * @description One rating of a list.
         */
        RatingRow: {
            agent_id: string | null;
            /** Format: date-time */
            asked_at: string;
            /** Format: uuid */
            channel_id: string;
            comment: string;
            /** Format: uuid */
            contact_id: string;
            contact_name: string;
            /** Format: uuid */
            conversation_id: string;
            /** Format: uuid */
            id: string;
            rated_at: string | null;
            scale: components["schemas"]["Scale"];
            score: number | null;
            team_id: string | null;
            via: components["schemas"]["Via"] | null;
        };
        /**
         * RawEventRow
         * @description A raw event in a list.
         */
        RawEventRow: {
            attempts: number;
            /** Format: uuid */
            channel_id: string;
            error: string;
            kind: string;
            read_at: string | null;
            /** Format: date-time */
            received_at: string;
            recovered: boolean;
            seq: number;
            state: components["schemas"]["RawState"];
        };
        /**
         * Page
         * @description One page of a list; `next` is the cursor of the following page, None at the end.
         */
        RawEventRowPage: {
            items: components["schemas"]["RawEventRow"][];
            next: string | null;
        };
        /**
         * RawEventView
         * @description A raw event, byte for byte.
         */
        RawEventView: {
            attempts: number;
            body_base64: string | null;
            body_text: string | null;
            /** Format: uuid */
            channel_id: string;
            error: string;
            headers: {
                [key: string]: string;
            };
            interactions: string[];
            kind: string;
            query: {
                [key: string]: string;
            };
            read_at: string | null;
            /** Format: date-time */
            received_at: string;
            recovered: boolean;
            seq: number;
            size: number;
            state: components["schemas"]["RawState"];
        };
        /**
         * RawState
         * @description What became of a raw event.
         * @enum {string}
         */
        RawState: "new" | "done" | "parked" | "unparsed";
        /**
         * ReactionView
         * @description Reactions with one emoji on a message.
         */
        ReactionView: {
            emoji: string;
            names: string[];
        };
        /**
         * RecordingKind
         * @description What was recorded.
         * @enum {string}
         */
        RecordingKind: "call" | "voicemail";
        /**
         * RecordingRow
         * @description A recording as a list shows it.
         */
        RecordingRow: {
            duration: number | null;
            /** Format: uuid */
            id: string;
            kind: string;
            state: string;
        };
        /**
         * RecordingRules
         * @description The rules of one line (a voice channel). These defaults hold until somebody sets others.
         */
        RecordingRules: {
            agents_download: boolean;
            agents_hear: components["schemas"]["AgentsHear"];
            ask_reason: boolean;
            changed_at: string | null;
            changed_by: string | null;
            /** Format: uuid */
            channel_id: string;
            hold: boolean;
            hold_reason: string;
            keep_days: number | null;
            keep_transcripts_days: number | null;
            redact: boolean;
            transcribe: boolean;
            transcripts_stay: boolean;
        };
        /**
         * RecordingRulesView
         * @description What lines say of their recordings.
         */
        RecordingRulesView: {
            defaults: components["schemas"]["RecordingRules"];
            items: components["schemas"]["RecordingRules"][];
            transcribes: boolean;
        };
        /**
         * RecordingState
         * @description How far a recording is.
         * @enum {string}
         */
        RecordingState: "running" | "pending" | "ready" | "absent" | "failed" | "deleted";
        /**
         * RecordingView
         * @description A recording as the player shows it.
         */
        RecordingView: {
            ask_reason: boolean;
            began_at: string | null;
            /** Format: uuid */
            call_id: string;
            deleted_by_rule_at: string | null;
            error: string;
            fetching: boolean;
            hold: string;
            /** Format: uuid */
            id: string;
            kind: components["schemas"]["RecordingKind"];
            lanes: components["schemas"]["Lane"][];
            media_type: string;
            redacted: boolean;
            seconds: number | null;
            silent: string;
            size: number | null;
            state: components["schemas"]["RecordingState"];
            why_not_download: string;
            why_not_play: string;
        };
        /**
         * Recovery
         * @description Messages of a channel that reconciling found since somebody last dismissed the notice of it.
         */
        Recovery: {
            count: number;
            /** Format: date-time */
            last_at: string;
            /** Format: date-time */
            since: string;
        };
        /**
         * Redact
         * @description What is taken out by choice before a text leaves; card and id numbers always are.
         * @enum {string}
         */
        Redact: "email" | "phone";
        /**
         * Replay
         * @description Which events: those not understood of one channel, those given, or all that were not understood.
         */
        Replay: {
            /** @default null */
            channel_id?: string | null;
            /** @default [] */
            seqs?: number[];
        };
        /**
         * ReplayView
         * @description How many raw events will be read again.
         */
        ReplayView: {
            count: number;
        };
        /**
         * ReportEntry
         * @description One message or call, with whose it is and where to look.
         */
        ReportEntry: {
            /** Format: date-time */
            at: string;
            author_id: string | null;
            /** Format: uuid */
            channel_id: string;
            /** Format: uuid */
            contact_id: string;
            contact_name: string;
            /** Format: uuid */
            conversation_id: string;
            /** Format: uuid */
            id: string;
            kind: components["schemas"]["InteractionKind"];
            subject: string;
            team_id: string | null;
            text: string;
        };
        /**
         * ReportWait
         * @description One wait with who waited, who answered, and where to look.
         */
        ReportWait: {
            answer: string;
            answer_id: string | null;
            answered_by: string | null;
            bot_at: string | null;
            business_seconds: number | null;
            /** Format: uuid */
            channel_id: string;
            /** Format: uuid */
            contact_id: string;
            contact_name: string;
            /** Format: uuid */
            conversation_id: string;
            counted: number | null;
            due_at: string | null;
            ended_at: string | null;
            ended_by: components["schemas"]["WaitEnd"] | null;
            first: boolean;
            /** Format: uuid */
            id: string;
            initiated_by_us: boolean;
            question: string;
            /** Format: uuid */
            question_id: string;
            reopened: boolean;
            resolved_at: string | null;
            seconds: number | null;
            /** Format: date-time */
            started_at: string;
            subject: string;
            team_id: string | null;
        };
        /**
         * Resolution
         * @description Whether a thread is done.
         */
        Resolution: {
            resolved: boolean;
        };
        /**
         * Resync
         * @description The client missed too much: reload everything; what follows continues after `seq`.
         */
        Resync: {
            seq: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "resync";
        };
        /**
         * Review
         * @description One reviewer's card about one call.
         */
        Review: {
            /** Format: uuid */
            agent_id: string;
            answers: components["schemas"]["Answer"][];
            calibration: boolean;
            /** Format: uuid */
            call_id: string;
            /** Format: date-time */
            changed_at: string;
            /** Format: date-time */
            created_at: string;
            failed_by: string[];
            /** Format: uuid */
            id: string;
            passed: boolean | null;
            /** Format: uuid */
            reviewer_id: string;
            score: number | null;
            /** Format: uuid */
            scorecard_id: string;
            state: components["schemas"]["ReviewState"];
            steps: components["schemas"]["hub__domain__review__review__Step"][];
            submitted_at: string | null;
            summary: string;
            version: number;
        };
        /**
         * ReviewableRow
         * @description One call of the review list. Contact and outcome come with the call itself (`GET /calls/{id}`).
         */
        ReviewableRow: {
            agent_id: string | null;
            appealed: boolean;
            /** Format: date-time */
            began_at: string;
            /** Format: uuid */
            call_id: string;
            /** Format: uuid */
            channel_id: string;
            contact: string;
            direction: components["schemas"]["Direction"];
            failed: boolean;
            open_comments: number;
            outcome: string | null;
            recorded: boolean;
            reviewed_at: string | null;
            reviewers: string[];
            reviews: number;
            score: number | null;
            seconds: number;
            team_id: string | null;
        };
        /**
         * Page
         * @description One page of a list; `next` is the cursor of the following page, None at the end.
         */
        ReviewableRowPage: {
            items: components["schemas"]["ReviewableRow"][];
            next: string | null;
        };
        /**
         * ReviewEdit
         * @description A reviewer's answers; all of them.
         */
        ReviewEdit: {
            answers: components["schemas"]["AnswerEdit"][];
            /** @default  */
            summary?: string;
        };
        /**
         * Page
         * @description One page of a list; `next` is the cursor of the following page, None at the end.
         */
        ReviewPage: {
            items: components["schemas"]["Review"][];
            next: string | null;
        };
        /**
         * ReviewState
         * @description How far a review is.
         * @enum {string}
         */
        ReviewState: "draft" | "submitted" | "appealed" | "settled";
        /**
         * Revision
         * @description An earlier wording of an edited message.
         */
        Revision: {
            html: string;
            /** Format: uuid */
            interaction_id: string;
            /** Format: date-time */
            replaced_at: string;
            text: string;
        };
        /**
         * RiskView
         * @description How the targets of one channel stand.
         */
        RiskView: {
            at_risk: number;
            breached: number;
            /** Format: uuid */
            channel_id: string;
            metric: components["schemas"]["Metric"];
            running: number;
        };
        /**
         * Role
         * @description What a person is in the hub.
         * @enum {string}
         */
        Role: "agent" | "manager" | "admin";
        /**
         * RollBack
         * @description Put an earlier version to work again.
         */
        RollBack: {
            number: number;
        };
        /**
         * RoutingEdit
         * @description How a team's conversations shall come to its agents.
         */
        RoutingEdit: {
            capacity?: {
                [key: string]: number;
            };
            method: components["schemas"]["Method"];
            /** @default 0 */
            next_after?: number;
            /** @default true */
            sticky?: boolean;
        };
        /**
         * RoutingView
         * @description How a team's conversations come to its agents.
         */
        RoutingView: {
            capacity: {
                [key: string]: number;
            };
            method: components["schemas"]["Method"];
            next_after: number;
            sticky: boolean;
            /** Format: uuid */
            team_id: string;
        };
        /**
         * RuleInput
         * @description For whom a target is, and what it wants. Where nothing is named, all are meant.
         */
        RuleInput: {
            /** @default true */
            active?: boolean;
            /**
             * @description Time runs in opening hours only.
             * @default true
             */
            business?: boolean;
            /** @default [] */
            channels?: string[];
            goals: components["schemas"]["Goals"];
            /**
             * @description It stands still for responses as well.
             * @default false
             */
            pause_replies?: boolean;
            /**
             * @description States in which the time of a resolution stands still: pending, snoozed.
             * @default [
             *       "pending"
             *     ]
             */
            pause_when?: components["schemas"]["ConversationState"][];
            /** @default [] */
            priorities?: components["schemas"]["Priority"][];
            /**
             * @description Any of these fields of the contact.
             * @default []
             */
            segments?: components["schemas"]["Segment"][];
            /** @default 0.8 */
            share?: number;
            /**
             * @description Any of these tags of the conversation.
             * @default []
             */
            tags?: string[];
            /** @default [] */
            teams?: string[];
            /**
             * @description After which part of the time it is at risk; 1: never said.
             * @default 0.75
             */
            warn_after?: number;
        };
        /**
         * RulesEdit
         * @description A line's rules; all of them.
         */
        RulesEdit: {
            /** @default false */
            agents_download?: boolean;
            /** @default own */
            agents_hear?: components["schemas"]["AgentsHear"];
            /** @default false */
            ask_reason?: boolean;
            /** @default false */
            hold?: boolean;
            /** @default  */
            hold_reason?: string;
            /** @default null */
            keep_days?: number | null;
            /** @default null */
            keep_transcripts_days?: number | null;
            /** @default false */
            redact?: boolean;
            /** @default true */
            transcribe?: boolean;
            /** @default false */
            transcripts_stay?: boolean;
        };
        /**
         * RuleView
         * @description Which messages wake which flow; the first active rule that fits counts.
         */
        RuleView: {
            active: boolean;
            after_human: components["schemas"]["After"];
            begins: components["schemas"]["Begins"];
            bot: string;
            calendar: string;
            channel_ids: string[];
            /** Format: date-time */
            created_at: string;
            demo: boolean;
            flow_id: string | null;
            hours: components["schemas"]["When"];
            /** Format: uuid */
            id: string;
            name: string;
            people: components["schemas"]["People"];
            place: number;
        };
        /**
         * RunView
         * @description The newest run of a flow in a conversation.
         */
        RunView: {
            answers: components["schemas"]["AnswerView"][];
            /** Format: date-time */
            begun_at: string;
            due_at: string | null;
            end: string;
            ended_at: string | null;
            /** Format: uuid */
            flow_id: string;
            /** Format: uuid */
            id: string;
            language: string;
            reason: string | null;
            step: string;
            values: {
                [key: string]: string;
            };
            version: number;
            words: string;
        };
        /**
         * SaidView
         * @description A message of the bot, as the channel shows it.
         */
        SaidView: {
            buttons: string[];
            files: string[];
            links: string[];
            text: string;
        };
        /**
         * Satisfaction
         * @description The figures of those who were asked within a period.
         */
        Satisfaction: {
            answered: number;
            asked: number;
            average: number | null;
            response_rate: number | null;
            satisfied: number | null;
            scores: {
                [key: string]: number;
            };
            thumbs: {
                [key: string]: number;
            };
        };
        /**
         * SatisfactionGroup
         * @description The figures of one channel, team or agent.
         */
        SatisfactionGroup: {
            figures: components["schemas"]["Satisfaction"];
            id: string | null;
        };
        /**
         * SatisfactionReport
         * @description What customers answered who were asked within a period. A figure of nothing is null, never 0.
         */
        SatisfactionReport: {
            agents: components["schemas"]["SatisfactionGroup"][];
            channels: components["schemas"]["SatisfactionGroup"][];
            teams: components["schemas"]["SatisfactionGroup"][];
            whole: components["schemas"]["Satisfaction"];
        };
        /**
         * SavedReply
         * @description A text agents insert while they write.
         */
        SavedReply: {
            channel_ids: string[];
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            id: string;
            last_used_at: string | null;
            name: string;
            shortcut: string;
            team_ids: string[];
            texts: {
                [key: string]: string;
            };
            /** Format: date-time */
            updated_at: string;
            updated_by: string | null;
            used: number;
        };
        /**
         * SavedReplyEdit
         * @description What a saved reply shall be.
         */
        SavedReplyEdit: {
            /**
             * @description The channels it fits; none: all.
             * @default []
             */
            channel_ids?: string[];
            name: string;
            /**
             * @description What is typed after the slash: letters, digits, `-` and `_`; unique.
             * @default
             */
            shortcut?: string;
            /**
             * @description The teams whose conversations it fits; none: all.
             * @default []
             */
            team_ids?: string[];
            /** @description Language → text with variables such as `{{ contact.name }}`; the first is for all other languages. */
            texts: {
                [key: string]: string;
            };
        };
        /**
         * SavedReport
         * @description A report somebody keeps: what was asked, under a name; sent by mail on a schedule if they want.
         */
        SavedReport: {
            asked: {
                [key: string]: unknown;
            };
            channel_id: string | null;
            /** Format: date-time */
            created_at: string;
            format: components["schemas"]["MailFormat"];
            /** Format: uuid */
            id: string;
            name: string;
            next_at: string | null;
            /** Format: uuid */
            owner_id: string;
            problem: string;
            recipients: string[];
            schedule: components["schemas"]["Schedule"];
            sent_at: string | null;
            shared: boolean;
        };
        /**
         * Scale
         * @description What can be answered.
         * @enum {string}
         */
        Scale: "five" | "thumbs";
        /**
         * Schedule
         * @description When a saved report is sent, at six in the morning of its time zone.
         * @enum {string}
         */
        Schedule: "never" | "daily" | "weekly" | "monthly";
        /**
         * Score
         * @description What a card earned.
         */
        Score: {
            earned: number | null;
            failed_by: string[];
            passed: boolean | null;
            percent: number | null;
            questions: {
                [key: string]: number;
            };
            sections: components["schemas"]["SectionScore"][];
        };
        /**
         * Scorecard
         * @description One version of a scorecard. A version somebody may have scored by never changes; a change is the next version.
         */
        Scorecard: {
            active: boolean;
            /** Format: date-time */
            created_at: string;
            created_by: string | null;
            description: string;
            /** Format: uuid */
            id: string;
            name: string;
            pass_mark: number | null;
            sections: components["schemas"]["Section"][];
            version: number;
        };
        /**
         * ScoreCell
         * @description One period of a series.
         */
        ScoreCell: {
            /** Format: date-time */
            begins: string;
            failed: number;
            highest: number | null;
            lowest: number | null;
            mean: number | null;
            n: number;
        };
        /**
         * ScoreSeries
         * @description Scores over time of one agent, reviewer or question.
         */
        ScoreSeries: {
            /** @enum {string} */
            by: "agent" | "reviewer" | "question" | "all";
            cells: components["schemas"]["ScoreCell"][];
            key: string;
            mean: number | null;
            n: number;
        };
        /**
         * SearchHit
         * @description A message that matches a search.
         */
        SearchHit: {
            /** Format: uuid */
            contact_id: string;
            contact_name: string;
            interaction: components["schemas"]["InteractionView"];
        };
        /**
         * Page
         * @description One page of a list; `next` is the cursor of the following page, None at the end.
         */
        SearchHitPage: {
            items: components["schemas"]["SearchHit"][];
            next: string | null;
        };
        /**
         * Section
         * @description Questions that belong together.
         */
        Section: {
            key: string;
            questions: components["schemas"]["Question"][];
            title: string;
            weight: number;
        };
        /**
         * SectionEdit
         * @description One section.
         */
        SectionEdit: {
            key: string;
            questions: components["schemas"]["QuestionEdit"][];
            title: string;
            /** @description Percent of the card. */
            weight: number;
        };
        /**
         * SectionScore
         * @description What one section earned.
         */
        SectionScore: {
            key: string;
            percent: number | null;
        };
        /**
         * Segment
         * @description A field of the contact and its value; case does not count.
         */
        Segment: {
            field: string;
            value: string;
        };
        /**
         * SegmentView
         * @description A field of the contact and its value.
         */
        SegmentView: {
            field: string;
            value: string;
        };
        /**
         * SenderRule
         * @description What an unknown sender becomes.
         * @enum {string}
         */
        SenderRule: "none" | "provisional" | "contact";
        /**
         * Series
         * @description How figures went, step by step.
         */
        Series: {
            points: components["schemas"]["Point"][];
            step: components["schemas"]["hub__domain__reports__period__Step"];
        };
        ServerFrame: components["schemas"]["Hello"] | components["schemas"]["Changes"] | components["schemas"]["Typing"] | components["schemas"]["Presence"] | components["schemas"]["Resync"] | components["schemas"]["Pong"];
        /**
         * SessionView
         * @description Who is signed in and what they may do.
         */
        SessionView: {
            csrf: string;
            languages: string[];
            must_change_password: boolean;
            permissions: components["schemas"]["Action"][];
            user: components["schemas"]["User"];
            version: string;
        };
        /**
         * SettingsEdit
         * @description What shall change; what is left out stays.
         */
        SettingsEdit: {
            /** @default null */
            answer_tokens?: number | null;
            /**
             * @description Empty takes it away.
             * @default null
             */
            api_key?: string | null;
            /** @default null */
            currency?: string | null;
            /** @default null */
            enabled?: boolean | null;
            /** @default null */
            for_bots?: boolean | null;
            /** @default null */
            model?: string | null;
            /** @default null */
            money_per_day?: number | null;
            /** @default null */
            price_in?: number | null;
            /** @default null */
            price_out?: number | null;
            /** @default null */
            redact?: components["schemas"]["Redact"][] | null;
            /** @default null */
            seconds?: number | null;
            /** @default null */
            tokens_per_day?: number | null;
            /** @default null */
            url?: string | null;
        };
        /**
         * SettingsToCheck
         * @description Settings to try before they are saved.
         */
        SettingsToCheck: {
            /**
             * @description The channel whose secrets stand in for those left out.
             * @default null
             */
            channel_id?: string | null;
            settings: {
                [key: string]: components["schemas"]["JsonValue"];
            };
        };
        /**
         * SettingsView
         * @description The assistant's settings, without its key.
         */
        SettingsView: {
            answer_tokens: number;
            api_key_set: boolean;
            currency: string;
            enabled: boolean;
            for_bots: boolean;
            model: string;
            money_per_day: number;
            price_in: number;
            price_out: number;
            redact: components["schemas"]["Redact"][];
            seconds: number;
            tokens_per_day: number;
            url: string;
        };
        /**
         * Settlement
         * @description How an appeal is decided.
         */
        Settlement: {
            /**
             * @description New answers; without them the score stands.
             * @default null
             */
            answers?: components["schemas"]["AnswerEdit"][] | null;
            words: string;
        };
        /**
         * SetupStepView
         * @description One thing that has to be right at the provider.
         */
        SetupStepView: {
            done: boolean | null;
            help: string;
            title: string;
        };
        /**
         * SetupView
         * @description How the setup of a channel stands, for the connect wizard, in the caller's language.
         */
        SetupView: {
            last_received_at: string | null;
            steps: components["schemas"]["SetupStepView"][];
            webhook_url: string;
        };
        /**
         * ShotView
         * @description What one step came to.
         */
        ShotView: {
            /** Format: date-time */
            at: string;
            done: components["schemas"]["hub__api__bots_panel__DoneView"][];
            due_at: string | null;
            end: string | null;
            marks: components["schemas"]["MarkView"][];
            phase: string;
            position: {
                [key: string]: unknown;
            };
            said: components["schemas"]["SaidView"][];
            step: string;
            trouble: string;
        };
        /**
         * Skills
         * @description What an agent is good at.
         */
        Skills: {
            skills: string[];
        };
        /**
         * SourceView
         * @description An article a text rests on.
         */
        SourceView: {
            /** Format: uuid */
            id: string;
            source: string;
            title: string;
        };
        /**
         * Span
         * @description A stretch of time: from the first moment up to, and without, the last.
         */
        Span: {
            /** Format: date-time */
            end: string;
            /** Format: date-time */
            start: string;
        };
        /**
         * Speaker
         * @description Who answers the customer.
         * @enum {string}
         */
        Speaker: "bot" | "human" | "nobody";
        /**
         * SpeakerView
         * @description Who speaks. A human's message from anywhere makes it `human` at once.
         */
        SpeakerView: {
            bot: string;
            by: string | null;
            run: components["schemas"]["RunView"] | null;
            since: string | null;
            speaker: components["schemas"]["Speaker"];
        };
        /**
         * Split
         * @description Give addresses to a new contact.
         */
        Split: {
            /** @default  */
            name?: string;
            point_ids: string[];
            /** @default  */
            reason?: string;
        };
        /**
         * StarterView
         * @description A ready flow.
         */
        StarterView: {
            description: string;
            graph: {
                [key: string]: unknown;
            };
            key: string;
            name: string;
        };
        /**
         * StateView
         * @description Whether the assistant helps now, and what today used up.
         */
        StateView: {
            calls: number;
            currency: string;
            enabled: boolean;
            for_bots: boolean;
            model: string;
            money_per_day: number;
            money_used: number;
            rests_until: string | null;
            tokens_per_day: number;
            tokens_used: number;
        };
        /**
         * StepKind
         * @description What somebody did to a review.
         * @enum {string}
         */
        StepKind: "submitted" | "changed" | "replied" | "appealed" | "upheld" | "granted";
        /**
         * Suggestion
         * @description Two contacts that may be one person, and why we think so.
         */
        Suggestion: {
            /** Format: uuid */
            contact_id: string;
            /** Format: uuid */
            other_id: string;
            other_name: string;
            reason: string;
            score: number;
        };
        /**
         * SurveyEdit
         * @description What a survey shall be.
         */
        SurveyEdit: {
            /** @default true */
            active?: boolean;
            /**
             * @description None: every channel on which the hub can ask.
             * @default []
             */
            channel_ids?: string[];
            /**
             * @description Ask for some words, too.
             * @default true
             */
            comments?: boolean;
            /**
             * @description From the resolve to the question.
             * @default 300
             */
            delay_seconds?: number;
            name: string;
            /**
             * @description For so long an answer is taken; the newest counts.
             * @default 7
             */
            open_days?: number;
            /**
             * @description Ask only where a person of ours wrote.
             * @default true
             */
            people_only?: boolean;
            /**
             * @description Who was asked within so many days is not asked again.
             * @default 30
             */
            quiet_days?: number;
            /** @default five */
            scale?: components["schemas"]["Scale"];
            /**
             * @description None: all, and conversations without a team.
             * @default []
             */
            team_ids?: string[];
            /** @description Channel → key of the template to ask with where the reply window is shut. */
            templates?: {
                [key: string]: string;
            };
            wording?: {
                [key: string]: components["schemas"]["WordingInput"];
            };
        };
        /**
         * SurveyOrder
         * @description Every survey once, in the order in which they are tried: the first that fits counts.
         */
        SurveyOrder: {
            ids: string[];
        };
        /**
         * SurveyView
         * @description A survey.
         */
        SurveyView: {
            active: boolean;
            channel_ids: string[];
            comments: boolean;
            delay_seconds: number;
            /** Format: uuid */
            id: string;
            name: string;
            open_days: number;
            people_only: boolean;
            quiet_days: number;
            scale: components["schemas"]["Scale"];
            team_ids: string[];
            templates: {
                [key: string]: string;
            };
            /** Format: date-time */
            updated_at: string;
            wording: {
                [key: string]: components["schemas"]["Wording"];
            };
        };
        /**
         * TargetEdit
         * @description What shall change; what is left out stays. What waits already keeps what held when it began.
         */
        TargetEdit: {
            /** @default null */
            name?: string | null;
            /** @default null */
            rule?: components["schemas"]["RuleInput"] | null;
        };
        /**
         * TargetOrder
         * @description Every target once, in the order in which they are tried: the first that fits counts.
         */
        TargetOrder: {
            ids: string[];
        };
        /**
         * TargetView
         * @description A target as it is now.
         */
        TargetView: {
            active: boolean;
            business: boolean;
            channels: string[];
            goals: components["schemas"]["GoalView"][];
            /** Format: uuid */
            id: string;
            name: string;
            pause_replies: boolean;
            pause_when: components["schemas"]["ConversationState"][];
            priorities: components["schemas"]["Priority"][];
            segments: components["schemas"]["SegmentView"][];
            share: number;
            /** Format: date-time */
            since: string;
            tags: string[];
            teams: string[];
            version: number;
            warn_after: number;
        };
        /**
         * Task
         * @description What the model was asked for.
         * @enum {string}
         */
        Task: "answer" | "draft" | "shorten" | "translate" | "summarise";
        /**
         * TeamEdit
         * @description What shall change; what is left out stays.
         */
        TeamEdit: {
            /** @default null */
            member_ids?: string[] | null;
            /** @default null */
            name?: string | null;
        };
        /**
         * TeamView
         * @description A team and who belongs to it.
         */
        TeamView: {
            /** Format: uuid */
            id: string;
            member_ids: string[];
            name: string;
        };
        /**
         * Template
         * @description One template in one language. `{{key}}` in its texts stands for a field's value.
         */
        Template: {
            body: string;
            buttons: components["schemas"]["TemplateButton"][];
            category: string;
            fields: components["schemas"]["TemplateField"][];
            footer: string;
            header: string;
            key: string;
            language: string;
            name: string;
            reason: string;
            state: components["schemas"]["TemplateState"];
        };
        /**
         * TemplateButton
         * @description A button under the message, as the preview shows it.
         */
        TemplateButton: {
            /** @enum {string} */
            kind: "reply" | "link" | "phone" | "code" | "other";
            label: string;
            target: string;
        };
        /**
         * TemplateChoice
         * @description A template picked for a message; the files of its header are the message's attachments, in order.
         */
        TemplateChoice: {
            key: string;
            /** @description By field key; empty for a template without fields. */
            values: {
                [key: string]: string;
            };
        };
        /**
         * TemplateField
         * @description One thing a person fills in.
         */
        TemplateField: {
            example: string;
            key: string;
            /** @enum {string} */
            kind: "text" | "image" | "video" | "document" | "location";
            max_length: number | null;
            title: string;
        };
        /**
         * TemplateState
         * @description What the provider says of a template.
         * @enum {string}
         */
        TemplateState: "approved" | "pending" | "rejected" | "paused";
        /**
         * TemplatesView
         * @description A channel's templates as the provider last told them.
         */
        TemplatesView: {
            items: components["schemas"]["Template"][];
            problem: string;
            synced_at: string | null;
            tried_at: string | null;
        };
        /**
         * TokenView
         * @description A program's access token, without its secret.
         */
        TokenView: {
            actions: string[];
            /** Format: date-time */
            created_at: string;
            created_by: string | null;
            expires_at: string | null;
            id: string;
            last_used_at: string | null;
            name: string;
        };
        /**
         * TranscriptHit
         * @description One line found by its words.
         */
        TranscriptHit: {
            agent_id: string | null;
            /** Format: date-time */
            began_at: string;
            /** Format: uuid */
            call_id: string;
            contact: string;
            number: number;
            /** Format: uuid */
            recording_id: string;
            speaker: components["schemas"]["Lane"];
            start: number;
            text: string;
        };
        /**
         * Page
         * @description One page of a list; `next` is the cursor of the following page, None at the end.
         */
        TranscriptHitPage: {
            items: components["schemas"]["TranscriptHit"][];
            next: string | null;
        };
        /**
         * TranscriptState
         * @description How far a transcript is.
         * @enum {string}
         */
        TranscriptState: "queued" | "ready" | "failed" | "deleted";
        /**
         * TranscriptView
         * @description A transcript with its lines.
         */
        TranscriptView: {
            can_be_made: boolean;
            engine: string;
            error: string;
            language: string;
            lines: components["schemas"]["Line"][];
            /** Format: uuid */
            recording_id: string;
            redactions: number;
            sound_deleted: boolean;
            state: components["schemas"]["TranscriptState"] | null;
        };
        /**
         * Tried
         * @description One time the rule would have acted.
         */
        Tried: {
            actions: string[];
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            conversation_id: string;
            on: components["schemas"]["On"];
            percent: number;
            text: string;
        };
        /**
         * TriedHere
         * @description What a rule would do in one conversation now.
         */
        TriedHere: {
            actions: string[];
            failing: number[];
            manners: boolean;
            matches: boolean;
        };
        /**
         * TriedPage
         * @description A stretch of the last week.
         */
        TriedPage: {
            items: components["schemas"]["Tried"][];
            kept_since: string | null;
            looked: number;
            next: string | null;
            partly: components["schemas"]["On"][];
            share: number;
            untried: components["schemas"]["On"][];
        };
        /**
         * Trust
         * @description What is known of the figures' truth.
         */
        Trust: {
            behind: number;
            checked_at: string | null;
            checked_hours: number;
            problem: string;
            recount_begun_at: string | null;
            recount_hours: number;
        };
        /**
         * Typing
         * @description Somebody is writing in a conversation. Passing: a client that was away misses it.
         */
        Typing: {
            /** Format: uuid */
            conversation_id: string;
            name: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "typing";
            /** Format: date-time */
            until: string;
            user_id: string | null;
            /** @enum {string} */
            who: "agent" | "contact";
        };
        /**
         * Unit
         * @description What a figure's number is.
         * @enum {string}
         */
        Unit: "number" | "seconds" | "share";
        /**
         * User
         * @description A person who works here.
         */
        User: {
            active: boolean;
            /** Format: date-time */
            created_at: string;
            demo: boolean;
            email: string;
            /** Format: uuid */
            id: string;
            language: string;
            must_change_password: boolean;
            name: string;
            role: components["schemas"]["Role"];
            team_ids: string[];
        };
        /**
         * UserEdit
         * @description What shall change; what is left out stays.
         */
        UserEdit: {
            /**
             * @description False signs the user out everywhere.
             * @default null
             */
            active?: boolean | null;
            /** @default null */
            email?: string | null;
            /** @default null */
            name?: string | null;
            /** @default null */
            role?: components["schemas"]["Role"] | null;
            /** @default null */
            team_ids?: string[] | null;
        };
        /**
         * Value
         * @description One figure's value. Which fields are set depends on its unit; an empty set has None, never 0.
         */
        Value: {
            before: components["schemas"]["Value"] | null;
            change: number | null;
            figure: string;
            longest: number | null;
            mean: number | null;
            n: number;
            p50: number | null;
            p90: number | null;
            value: number | null;
        };
        /**
         * Via
         * @description How an answer came.
         * @enum {string}
         */
        Via: "button" | "text" | "link";
        /**
         * Viewer
         * @description A colleague who has a conversation open.
         */
        Viewer: {
            /** Format: uuid */
            id: string;
            name: string;
            replying: boolean;
        };
        /**
         * Viewing
         * @description The client shows a conversation, or none.
         */
        Viewing: {
            conversation_id: string | null;
            /** @default false */
            replying?: boolean;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "viewing";
        };
        /**
         * Visibility
         * @description Who sees a comment.
         * @enum {string}
         */
        Visibility: "reviewers" | "agent";
        /**
         * VoiceFormat
         * @description What a channel wants a voice note to be: the media type the hub makes of the browser's recording.
         * @enum {string}
         */
        VoiceFormat: "audio/ogg" | "audio/mp4" | "audio/mpeg" | "audio/amr";
        /**
         * WaitEnd
         * @description How a wait ended.
         * @enum {string}
         */
        WaitEnd: "reply" | "closed" | "void" | "merged" | "customer_called_back";
        /**
         * WaitingAt
         * @description How many wait at one channel or team.
         */
        WaitingAt: {
            id: string | null;
            /** Format: date-time */
            oldest: string;
            waiting: number;
        };
        /**
         * WaitPage
         * @description A page of waits.
         */
        WaitPage: {
            items: components["schemas"]["ReportWait"][];
            next: string | null;
            total: number | null;
        };
        /**
         * WaitView
         * @description One wait, for lists that prove a figure.
         */
        WaitView: {
            agent_from: string | null;
            answered_by: string | null;
            bot_at: string | null;
            business_seconds: number | null;
            calendar_id: string | null;
            calendar_version: number | null;
            /** Format: uuid */
            channel_id: string;
            contained: boolean;
            /** Format: uuid */
            conversation_id: string;
            due_at: string | null;
            ended_at: string | null;
            ended_by: string | null;
            episode: number;
            first: boolean;
            handed_over_at: string | null;
            heard_at: string | null;
            /** Format: uuid */
            id: string;
            initiated_by_us: boolean;
            owner_id: string | null;
            reopened: boolean;
            seconds: number | null;
            /** Format: date-time */
            started_at: string;
            target_id: string | null;
            team_id: string | null;
            via_other_channel: boolean;
        };
        /**
         * Page
         * @description One page of a list; `next` is the cursor of the following page, None at the end.
         */
        WaitViewPage: {
            items: components["schemas"]["WaitView"][];
            next: string | null;
        };
        /**
         * Wallboard
         * @description All a wallboard shows.
         */
        Wallboard: {
            agents: components["schemas"]["AgentNow"][];
            /** Format: date-time */
            at: string;
            calls: number;
            channels: components["schemas"]["WaitingAt"][];
            open: components["schemas"]["OpenWaits"];
            queues: components["schemas"]["QueueNow"][];
            teams: components["schemas"]["WaitingAt"][];
            today: components["schemas"]["Value"][];
        };
        /**
         * WaveformView
         * @description The waveform and what the voices tell, made once.
         */
        WaveformView: {
            lanes: components["schemas"]["LaneView"][];
            seconds: number;
            talk: {
                [key: string]: unknown;
            };
        };
        /**
         * What
         * @description What happens to the flow now.
         * @enum {string}
         */
        "What-Input": "said" | "begun" | "due";
        /**
         * What
         * @description What one thing between us and a person means here.
         * @enum {string}
         */
        "What-Output": "missed_call" | "abandoned" | "voicemail" | "wants_callback" | "unanswered_chat" | "bounced_mail" | "failed_send" | "attempt" | "reached_by_call" | "reached_by_message" | "called_back" | "dismissed";
        /**
         * When
         * @description At which hours a bot is woken.
         * @enum {string}
         */
        When: "any" | "open" | "closed";
        /**
         * WithReason
         * @description Something that needs a reason.
         */
        WithReason: {
            reason: string;
        };
        /**
         * Wording
         * @description What is said in one language. What is empty is said in the hub's own words.
         */
        Wording: {
            comment: string;
            question: string;
            thanks: string;
        };
        /**
         * WordingInput
         * @description What is said in one language; what is empty is said in the hub's own words.
         */
        WordingInput: {
            /**
             * @description Asks for some words after the score.
             * @default
             */
            comment?: string;
            /** @default  */
            question?: string;
            /** @default  */
            thanks?: string;
        };
        /**
         * Words
         * @description What is said.
         */
        Words: {
            words: string;
        };
        /**
         * Workload
         * @description Who had how much to do.
         */
        Workload: {
            agents: components["schemas"]["AgentWork"][];
            span: components["schemas"]["Span"];
            step: components["schemas"]["hub__domain__reports__period__Step"];
            zone: string;
        };
        /**
         * WorkPoint
         * @description One step of an agent's work.
         */
        WorkPoint: {
            at_once: number;
            /** Format: date-time */
            end: string;
            handled: number;
            /** Format: date-time */
            start: string;
        };
        /**
         * WorkRuleEdit
         * @description What a rule shall be.
         */
        WorkRuleEdit: {
            /** @description `triggers`, `conditions`, `actions` and the rest, as /rules/schema says. */
            body: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            name: string;
        };
        /**
         * WorkRuleOrder
         * @description The order in which rules look.
         */
        WorkRuleOrder: {
            ids: string[];
        };
        /**
         * WorkRuleRollBack
         * @description The version that shall be the newest again.
         */
        WorkRuleRollBack: {
            version: number;
        };
        /**
         * WorkRuleRunView
         * @description One line of a rule's log.
         */
        WorkRuleRunView: {
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            conversation_id: string;
            done: string[];
            on: components["schemas"]["On"];
            outcome: components["schemas"]["hub__domain__rules__records__Outcome"];
            version: number;
            words: string;
        };
        /**
         * Page
         * @description One page of a list; `next` is the cursor of the following page, None at the end.
         */
        WorkRuleRunViewPage: {
            items: components["schemas"]["WorkRuleRunView"][];
            next: string | null;
        };
        /**
         * WorkRuleSwitch
         * @description Whether a rule is at work.
         */
        WorkRuleSwitch: {
            active: boolean;
        };
        /**
         * WorkRuleTry
         * @description A rule to try, saved or not.
         */
        WorkRuleTry: {
            body: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /**
             * @description `next` of the stretch before; without one, from a week ago.
             * @default null
             */
            cursor?: string | null;
        };
        /**
         * WorkRuleTryHere
         * @description A rule to try on one conversation.
         */
        WorkRuleTryHere: {
            body: {
                [key: string]: components["schemas"]["JsonValue"];
            };
        };
        /**
         * WorkRuleVersionView
         * @description What a rule said from one moment on.
         */
        WorkRuleVersionView: {
            body: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            made_at: string;
            made_by: string | null;
            name: string;
            number: number;
        };
        /**
         * WorkRuleView
         * @description A rule.
         */
        WorkRuleView: {
            active: boolean;
            active_since: string | null;
            body: {
                [key: string]: unknown;
            };
            failed: number;
            /** Format: uuid */
            id: string;
            last_run_at: string | null;
            name: string;
            paused: string;
            place: number;
            ran: number;
            /** Format: date-time */
            updated_at: string;
            updated_by: string | null;
            version: number;
        };
    };
    responses: {
        /** @description Conflict */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description Forbidden */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description Internal Server Error */
        InternalServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description Not Found */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description Requested Range Not Satisfiable */
        RequestedRangeNotSatisfiable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description Request Entity Too Large */
        RequestEntityTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description Service Unavailable */
        ServiceUnavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description Too Many Requests */
        TooManyRequests: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description Unauthorized */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description Unprocessable Entity */
        UnprocessableEntity: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description Unsupported Media Type */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description Upgrade Required */
        UpgradeRequired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_articles: {
        parameters: {
            query?: {
                cursor?: string | null;
                language?: string | null;
                /** @description Records of one page */
                limit?: number;
                published?: boolean | null;
                tag?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticlePage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    create_article: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewArticle"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Article"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Article"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_article: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                article_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Article"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    delete_article: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                article_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_article: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                article_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ArticleEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Article"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_assistant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StateView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_assistant_calls: {
        parameters: {
            query?: {
                conversation?: string | null;
                cursor?: string | null;
                /** @description Records of one page */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssistantCallPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    check_assistant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    ask_assistant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HelpWanted"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HelpView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_assistant_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_assistant_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingsEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    upload_attachment: {
        parameters: {
            query: {
                id: string;
                name: string;
                voice?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttachmentView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttachmentView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_attachment: {
        parameters: {
            query?: {
                download?: boolean;
            };
            header?: never;
            path: {
                attachment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description Partial Content */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            416: components["responses"]["RequestedRangeNotSatisfiable"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    discard_attachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                attachment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_playable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                attachment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/*": unknown;
                };
            };
            /** @description Partial Content */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/*": unknown;
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            416: components["responses"]["RequestedRangeNotSatisfiable"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_thumbnail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                attachment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/webp": unknown;
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_file_trouble: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                attachment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileTrouble"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_own_bot: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BotView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    bot_assign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BotAssign"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["hub__api__own_bot__DoneView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    bot_close: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["hub__api__own_bot__DoneView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    bot_set_field: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BotField"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["hub__api__own_bot__DoneView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    bot_hand_over: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BotHandOver"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["hub__api__own_bot__DoneView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    bot_write_note: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BotNote"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["hub__api__own_bot__DoneView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    bot_reply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BotReply"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["hub__api__own_bot__DoneView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    bot_add_tag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BotTag"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["hub__api__own_bot__DoneView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_own_events: {
        parameters: {
            query?: {
                after?: number;
                /** @description Records of one page */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BotEvent"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    acknowledge_event: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                event_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BotEvent"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    upload_bot_file: {
        parameters: {
            query: {
                id: string;
                name: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttachmentView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttachmentView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    bot_live: {
        parameters: {
            query?: {
                after?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Switching Protocols */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            426: components["responses"]["UpgradeRequired"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    check_flow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GraphToCheck"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProblemView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_flows: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlowRow"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    create_flow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewFlow"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlowView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlowView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_flow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flow_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlowView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    delete_flow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flow_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_flow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flow_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FlowEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlowView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_flow_counts: {
        parameters: {
            query?: {
                version?: number | null;
            };
            header?: never;
            path: {
                flow_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CountsView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    export_flow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flow_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    publish_flow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flow_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Publication"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlowView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    roll_back_flow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flow_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RollBack"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlowView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_flow_versions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flow_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["hub__api__bots__VersionView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_flow_version: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flow_id: string;
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    withdraw_flow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                flow_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlowView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_bot_rules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    create_bot_rule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRule"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    delete_bot_rule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rule_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_bot_rule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rule_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["hub__api__bots_rules__RuleEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_flow_schema: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    simulate_flow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["hub__api__bots_panel__Step"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShotView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_starters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StarterView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_calendars: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    create_calendar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCalendar"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_calendar: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                calendar_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    delete_calendar: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                calendar_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_calendar: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                calendar_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CalendarEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    import_closed_days: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                calendar_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClosedDays"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_calendar_versions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                calendar_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["hub__api__hours__VersionView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_call_numbers: {
        parameters: {
            query?: {
                agent?: string[];
                by?: "" | "line" | "team" | "agent" | "channel" | "hour";
                channel?: string[];
                line?: string[];
                since?: string | null;
                team?: string[];
                timezone_minutes?: number;
                until?: string | null;
                within?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NumbersView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    check_call_plan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanCheck"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_first_call_plan: {
        parameters: {
            query?: {
                language?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanCheck"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_calls: {
        parameters: {
            query?: {
                agent?: string[];
                channel?: string[];
                contact?: string | null;
                cursor?: string | null;
                direction?: ("inbound" | "outbound") | null;
                /** @description Records of one page */
                limit?: number;
                line?: string[];
                live?: boolean | null;
                max_talked?: number | null;
                min_talked?: number | null;
                number?: string | null;
                outcome?: components["schemas"]["Outcome-Input"][];
                since?: string | null;
                team?: string[];
                until?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallViewPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    place_call: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCall"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacedCallView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacedCallView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_call: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                call_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_call: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                call_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    compare_reviews: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                call_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalibrationView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    control_call: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                call_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Command"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_comments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                call_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    write_comment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                call_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewComment"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_call_pop: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                call_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallPop"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_recordings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                call_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordingView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_reviews: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                call_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    begin_review: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                call_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewReview"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_channels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    create_channel: {
        parameters: {
            query?: {
                check?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewChannel"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_channel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    delete_channel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_channel: {
        parameters: {
            query?: {
                check?: boolean;
            };
            header?: never;
            path: {
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChannelEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    check_channel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelCheckView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_phone_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhoneTokenView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_recording_rules: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordingRules"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    set_recording_rules: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RulesEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordingRules"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    dismiss_recovered: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    restart_channel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    look_at_setup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetupView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_templates: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplatesView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    refresh_templates: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplatesView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    delete_comment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                comment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    edit_comment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                comment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommentEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    resolve_comment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                comment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Resolution"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_mentions: {
        parameters: {
            query?: {
                cursor?: string | null;
                /** @description Records of one page */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommentPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_connectors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectorView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    check_settings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingsToCheck"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelCheckView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    remove_contact_point: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_point_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    unblock_contact_point: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_point_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_contacts: {
        parameters: {
            query?: {
                cursor?: string | null;
                /** @description Records of one page */
                limit?: number;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactRowPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    create_contact: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewContact"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    delete_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_contact_card: {
        parameters: {
            query?: {
                /** @description An IANA time zone, such as Europe/Warsaw: days and weeks begin by its clock. */
                zone?: string;
            };
            header?: never;
            path: {
                contact_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactCard"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_contact_conversations: {
        parameters: {
            query?: {
                cursor?: string | null;
                /** @description Records of one page */
                limit?: number;
            };
            header?: never;
            path: {
                contact_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationRowPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_duplicates: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Suggestion"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_identity_history: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityEntry"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    keep_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    merge_contacts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Merge"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityDecision"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    never_merge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NeverMerge"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityDecision"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    add_contact_point: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPoint"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_contact_ratings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RatingPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    split_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Split"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityDecision"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_timeline: {
        parameters: {
            query?: {
                channel?: string[];
                cursor?: string | null;
                /** @description Records of one page */
                limit?: number;
            };
            header?: never;
            path: {
                contact_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InteractionViewPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    undo_conversation_merge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                merge_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MergedConversation"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_conversations: {
        parameters: {
            query?: {
                assignee?: string[];
                at_risk?: boolean;
                channel?: string[];
                contact?: string | null;
                cursor?: string | null;
                /** @description Records of one page */
                limit?: number;
                sort?: "waiting" | "newest" | "due";
                state?: components["schemas"]["ConversationState"][];
                tag?: string[];
                team?: string[];
                view?: "mine" | "unassigned" | "all";
                waiting?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationRowPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    start_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewConversation"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationRow"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationRow"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConversationEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationRow"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    save_draft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDraft"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    delete_draft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_conversation_dues: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DueView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    give_back: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GiveBack"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpeakerView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_interactions: {
        parameters: {
            query?: {
                cursor?: string | null;
                /** @description Records of one page */
                limit?: number;
            };
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InteractionViewPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_fitting_macros: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MacroView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    preview_macro: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
                macro_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MacroStep"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    run_macro: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
                macro_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MacroRun"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MacroRunView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MacroRunView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    merge_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MergeConversation"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MergedConversation"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_mergeable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationRow"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_merges: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MergeEntry"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    write_note: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewNote"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InteractionView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InteractionView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    give_to_outside_bot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GiveToBot"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BotEvent"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    mark_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    accept_related: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationRow"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    dismiss_related: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationRow"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    reply_to_customer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewReply"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InteractionView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InteractionView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_fitting_replies: {
        parameters: {
            query?: {
                language?: string | null;
            };
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FilledReply"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    mark_spam: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationRow"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_speaker: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpeakerView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    take_over: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpeakerView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    try_rule_here: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkRuleTryHere"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TriedHere"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_typing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    count_conversations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationCounts"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_debts: {
        parameters: {
            query?: {
                closed?: boolean;
                cursor?: string | null;
                /** @description Records of one page */
                limit?: number;
                mine?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DebtViewPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_debt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                debt_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DebtEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DebtView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    count_debts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DebtCounts"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_deletions: {
        parameters: {
            query?: {
                after?: number;
                /** @description Records of one page */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletionsView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    confirm_delivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InteractionView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_delivery_events: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryEvent"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    retry_delivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InteractionView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_dialling: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DialRulesView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_dialling: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DialRulesInput"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DialRulesView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_dues: {
        parameters: {
            query?: {
                breached?: boolean | null;
                cursor?: string | null;
                /** @description Records of one page */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DueViewPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_risk: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RiskView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_exports: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    start_export: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewExport"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_export: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                export_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    delete_export: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                export_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_export_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                export_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_holidays: {
        parameters: {
            query: {
                country: string;
                subdivision?: string;
                year: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HolidayView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_holiday_countries: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CountryView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    retry_hook_delivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HookDeliveryView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_hooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HookView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    create_hook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewHook"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewHookView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewHookView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    delete_hook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_hook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hook_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HookEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HookView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_hook_deliveries: {
        parameters: {
            query?: {
                cursor?: string | null;
                /** @description Records of one page */
                limit?: number;
            };
            header?: never;
            path: {
                hook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HookDeliveryViewPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_hours: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeeperView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    choose_hours: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["hub__api__hours__Choice"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeeperView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    undo_identity_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                change_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityDecision"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_interaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                interaction_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InteractionView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_html: {
        parameters: {
            query?: {
                images?: boolean;
            };
            header?: never;
            path: {
                interaction_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_raw_of_interaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                interaction_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RawEventView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_revisions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                interaction_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Revision"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    undo_macro: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                interaction_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    export_articles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": unknown;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    import_articles: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Imported"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    match_articles: {
        parameters: {
            query: {
                drafts?: boolean;
                language?: string | null;
                limit?: number;
                q: string;
                tag?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticleMatch"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_asked_questions: {
        parameters: {
            query?: {
                answered?: boolean | null;
                cursor?: string | null;
                /** @description Records of one page */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AskedQuestionPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_ledger: {
        parameters: {
            query?: {
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerLine"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_lines: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LineView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    create_line: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewLine"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LineView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LineView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_line: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LineView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    delete_line: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_line: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["hub__api__lines__LineEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LineView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_line_versions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LineVersionView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    save_line_version: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewVersion"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LineVersionView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LineVersionView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    restore_line_version: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                line_id: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LineVersionView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LineVersionView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    live: {
        parameters: {
            query?: {
                after?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Switching Protocols */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            426: components["responses"]["UpgradeRequired"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_macros: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MacroView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    create_macro: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMacro"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MacroView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MacroView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_macro: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                macro_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MacroEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MacroView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    delete_macro: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                macro_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_action_schema: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_outside_bots: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BotView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    create_outside_bot: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewBot"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewBotView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewBotView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    delete_outside_bot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bot_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_outside_bot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bot_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BotEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BotView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_bot_events: {
        parameters: {
            query?: {
                cursor?: string | null;
                /** @description Records of one page */
                limit?: number;
            };
            header?: never;
            path: {
                bot_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BotEventPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    renew_outside_bot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bot_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewBotView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_overview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_playlists: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Playlist"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    save_playlist: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                playlist_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlaylistEdit"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Playlist"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Playlist"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    delete_playlist: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                playlist_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    save_clips: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                playlist_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClipsEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Playlist"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    hear_clip: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                clip_id: string;
                playlist_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/flac": unknown;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_plays: {
        parameters: {
            query?: {
                call?: string | null;
                cursor?: string | null;
                /** @description Records of one page */
                limit?: number;
                user?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlayViewPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    tell_heard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                play_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HeardSpans"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlayView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_portrait: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                portrait_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/webp": unknown;
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_presence: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresenceView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    choose_presence: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["hub__api__calls_desk__Choice"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresenceView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    set_devices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Devices"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresenceView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_raw_events: {
        parameters: {
            query?: {
                channel?: string | null;
                cursor?: string | null;
                /** @description Records of one page */
                limit?: number;
                state?: components["schemas"]["RawState"] | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RawEventRowPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_raw_event: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                seq: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RawEventView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    replay_raw_events: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Replay"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_recording_rules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordingRulesView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    stream_recording: {
        parameters: {
            query: {
                play: string;
            };
            header?: never;
            path: {
                recording_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/*": unknown;
                };
            };
            /** @description Partial Content */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/*": unknown;
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            416: components["responses"]["RequestedRangeNotSatisfiable"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_deletion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                recording_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deletion"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    delete_recording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                recording_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WithReason"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deletion"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    download_recording: {
        parameters: {
            query: {
                play: string;
            };
            header?: never;
            path: {
                recording_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/*": unknown;
                };
            };
            /** @description Partial Content */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/*": unknown;
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            416: components["responses"]["RequestedRangeNotSatisfiable"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    hold_recording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                recording_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WithReason"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    release_recording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                recording_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    begin_play: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                recording_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPlay"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlayView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlayView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    ask_for_redaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                recording_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_transcript: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                recording_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TranscriptView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    ask_for_transcript: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                recording_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    edit_line: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: number;
                recording_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["hub__api__transcripts__LineEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Line"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_line_revisions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                recording_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LineRevision"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_waveform: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                recording_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaveformView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_breakdown: {
        parameters: {
            query: {
                agent?: string[];
                by: components["schemas"]["By"];
                channel?: string[];
                /** @description The first moment. With its offset from UTC; cut to full hours, outwards. Both ends or neither, and then no period by name. */
                from?: string | null;
                /** @description A period by name, as of now; last_7_days by itself. */
                period?: components["schemas"]["Named"] | null;
                /** @description Only contacts that came from there; not together with agents or a tag. */
                source?: string | null;
                /** @description Only conversations with this tag; not together with agents. */
                tag?: string | null;
                team?: (string | "none")[];
                /** @description The moment it ends before. With its offset from UTC; cut to full hours, outwards. Both ends or neither, and then no period by name. */
                to?: string | null;
                /** @description An IANA time zone, such as Europe/Warsaw: days and weeks begin by its clock. */
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_preferred_channels: {
        parameters: {
            query?: {
                channel?: string[];
                /** @description The first moment. With its offset from UTC; cut to full hours, outwards. Both ends or neither, and then no period by name. */
                from?: string | null;
                /** @description A period by name, as of now; last_7_days by itself. */
                period?: components["schemas"]["Named"] | null;
                source?: string | null;
                /** @description The moment it ends before. With its offset from UTC; cut to full hours, outwards. Both ends or neither, and then no period by name. */
                to?: string | null;
                /** @description An IANA time zone, such as Europe/Warsaw: days and weeks begin by its clock. */
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelUse"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_dashboard: {
        parameters: {
            query?: {
                agent?: string[];
                channel?: string[];
                compare?: boolean;
                /** @description The first moment. With its offset from UTC; cut to full hours, outwards. Both ends or neither, and then no period by name. */
                from?: string | null;
                /** @description A period by name, as of now; last_7_days by itself. */
                period?: components["schemas"]["Named"] | null;
                /** @description Only contacts that came from there; not together with agents or a tag. */
                source?: string | null;
                /** @description Only conversations with this tag; not together with agents. */
                tag?: string | null;
                team?: (string | "none")[];
                /** @description The moment it ends before. With its offset from UTC; cut to full hours, outwards. Both ends or neither, and then no period by name. */
                to?: string | null;
                /** @description An IANA time zone, such as Europe/Warsaw: days and weeks begin by its clock. */
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DashboardView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_report_entries: {
        parameters: {
            query?: {
                agent?: string[];
                channel?: string[];
                cursor?: string | null;
                figure?: string;
                /** @description The first moment. With its offset from UTC; cut to full hours, outwards. Both ends or neither, and then no period by name. */
                from?: string | null;
                hour?: number | null;
                /** @description Records of one page */
                limit?: number;
                /** @description A period by name, as of now; last_7_days by itself. */
                period?: components["schemas"]["Named"] | null;
                /** @description Only contacts that came from there; not together with agents or a tag. */
                source?: string | null;
                /** @description Only conversations with this tag; not together with agents. */
                tag?: string | null;
                team?: (string | "none")[];
                /** @description The moment it ends before. With its offset from UTC; cut to full hours, outwards. Both ends or neither, and then no period by name. */
                to?: string | null;
                /** @description 0 is Monday; together with `hour`. */
                weekday?: number | null;
                /** @description An IANA time zone, such as Europe/Warsaw: days and weeks begin by its clock. */
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntryPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_figures: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FigureView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_my_figures: {
        parameters: {
            query?: {
                /** @description The first moment. With its offset from UTC; cut to full hours, outwards. Both ends or neither, and then no period by name. */
                from?: string | null;
                /** @description A period by name, as of now; last_7_days by itself. */
                period?: components["schemas"]["Named"] | null;
                /** @description The moment it ends before. With its offset from UTC; cut to full hours, outwards. Both ends or neither, and then no period by name. */
                to?: string | null;
                /** @description An IANA time zone, such as Europe/Warsaw: days and weeks begin by its clock. */
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Mine"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_ratings: {
        parameters: {
            query?: {
                agent?: string[];
                answered?: boolean;
                channel?: string[];
                cursor?: string | null;
                /** @description The first moment. With its offset from UTC; cut to full hours, outwards. Both ends or neither, and then no period by name. */
                from?: string | null;
                /** @description Records of one page */
                limit?: number;
                /** @description A period by name, as of now; last_7_days by itself. */
                period?: components["schemas"]["Named"] | null;
                score?: number | null;
                /** @description Only contacts that came from there; not together with agents or a tag. */
                source?: string | null;
                /** @description Only conversations with this tag; not together with agents. */
                tag?: string | null;
                team?: (string | "none")[];
                /** @description The moment it ends before. With its offset from UTC; cut to full hours, outwards. Both ends or neither, and then no period by name. */
                to?: string | null;
                /** @description An IANA time zone, such as Europe/Warsaw: days and weeks begin by its clock. */
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RatingPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_ratings_file: {
        parameters: {
            query?: {
                agent?: string[];
                channel?: string[];
                /** @description The first moment. With its offset from UTC; cut to full hours, outwards. Both ends or neither, and then no period by name. */
                from?: string | null;
                /** @description A period by name, as of now; last_7_days by itself. */
                period?: components["schemas"]["Named"] | null;
                /** @description Only contacts that came from there; not together with agents or a tag. */
                source?: string | null;
                /** @description Only conversations with this tag; not together with agents. */
                tag?: string | null;
                team?: (string | "none")[];
                /** @description The moment it ends before. With its offset from UTC; cut to full hours, outwards. Both ends or neither, and then no period by name. */
                to?: string | null;
                /** @description An IANA time zone, such as Europe/Warsaw: days and weeks begin by its clock. */
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": unknown;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_satisfaction: {
        parameters: {
            query?: {
                agent?: string[];
                channel?: string[];
                /** @description The first moment. With its offset from UTC; cut to full hours, outwards. Both ends or neither, and then no period by name. */
                from?: string | null;
                /** @description A period by name, as of now; last_7_days by itself. */
                period?: components["schemas"]["Named"] | null;
                /** @description Only contacts that came from there; not together with agents or a tag. */
                source?: string | null;
                /** @description Only conversations with this tag; not together with agents. */
                tag?: string | null;
                team?: (string | "none")[];
                /** @description The moment it ends before. With its offset from UTC; cut to full hours, outwards. Both ends or neither, and then no period by name. */
                to?: string | null;
                /** @description An IANA time zone, such as Europe/Warsaw: days and weeks begin by its clock. */
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SatisfactionReport"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_saved_reports: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedReport"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    save_report: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewReport"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedReport"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedReport"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    delete_saved_report: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_saved_report: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangedReport"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedReport"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_series: {
        parameters: {
            query?: {
                agent?: string[];
                channel?: string[];
                /** @description The first moment. With its offset from UTC; cut to full hours, outwards. Both ends or neither, and then no period by name. */
                from?: string | null;
                /** @description A period by name, as of now; last_7_days by itself. */
                period?: components["schemas"]["Named"] | null;
                /** @description Only contacts that came from there; not together with agents or a tag. */
                source?: string | null;
                step?: components["schemas"]["hub__domain__reports__period__Step"] | null;
                /** @description Only conversations with this tag; not together with agents. */
                tag?: string | null;
                team?: (string | "none")[];
                /** @description The moment it ends before. With its offset from UTC; cut to full hours, outwards. Both ends or neither, and then no period by name. */
                to?: string | null;
                /** @description An IANA time zone, such as Europe/Warsaw: days and weeks begin by its clock. */
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Series"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_trust: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trust"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    check_reports: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trust"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    recount_reports: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trust"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_report_waits: {
        parameters: {
            query?: {
                agent?: string[];
                /** @description With the figure `waiting`: who waited at this moment. */
                at?: string | null;
                at_least?: number | null;
                channel?: string[];
                cursor?: string | null;
                figure?: string;
                /** @description The first moment. With its offset from UTC; cut to full hours, outwards. Both ends or neither, and then no period by name. */
                from?: string | null;
                hour?: number | null;
                /** @description Records of one page */
                limit?: number;
                /** @description A period by name, as of now; last_7_days by itself. */
                period?: components["schemas"]["Named"] | null;
                /** @description Only contacts that came from there; not together with agents or a tag. */
                source?: string | null;
                /** @description Only conversations with this tag; not together with agents. */
                tag?: string | null;
                team?: (string | "none")[];
                /** @description The moment it ends before. With its offset from UTC; cut to full hours, outwards. Both ends or neither, and then no period by name. */
                to?: string | null;
                /** @description 0 is Monday; together with `hour`. */
                weekday?: number | null;
                /** @description An IANA time zone, such as Europe/Warsaw: days and weeks begin by its clock. */
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaitPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_workload: {
        parameters: {
            query?: {
                agent?: string[];
                channel?: string[];
                /** @description The first moment. With its offset from UTC; cut to full hours, outwards. Both ends or neither, and then no period by name. */
                from?: string | null;
                /** @description A period by name, as of now; last_7_days by itself. */
                period?: components["schemas"]["Named"] | null;
                /** @description Only contacts that came from there; not together with agents or a tag. */
                source?: string | null;
                /** @description Only conversations with this tag; not together with agents. */
                tag?: string | null;
                team?: (string | "none")[];
                /** @description The moment it ends before. With its offset from UTC; cut to full hours, outwards. Both ends or neither, and then no period by name. */
                to?: string | null;
                /** @description An IANA time zone, such as Europe/Warsaw: days and weeks begin by its clock. */
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workload"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_reviews_about: {
        parameters: {
            query?: {
                agent?: string | null;
                cursor?: string | null;
                /** @description Records of one page */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_review: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                review_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    fill_in_review: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    discard_review: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                review_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    appeal_review: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Words"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    reply_to_review: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Words"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    settle_appeal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                review_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Settlement"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    submit_review: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                review_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_call_scores: {
        parameters: {
            query: {
                call: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallScore"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_review_calls: {
        parameters: {
            query?: {
                agent?: string[];
                appealed?: boolean | null;
                channel?: string[];
                commented?: boolean | null;
                cursor?: string | null;
                direction?: components["schemas"]["Direction"] | null;
                failed?: boolean | null;
                /** @description Records of one page */
                limit?: number;
                max_seconds?: number | null;
                min_seconds?: number | null;
                new_agents?: number | null;
                order?: components["schemas"]["Order"];
                queue?: string | null;
                recorded?: boolean | null;
                reviewed?: boolean | null;
                salt?: number;
                sample?: number | null;
                score_below?: number | null;
                score_from?: number | null;
                team?: string[];
                within_days?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewableRowPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_queues: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    create_queue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewQueue"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_queue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                queue_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QueueEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    delete_queue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                queue_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_rules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkRuleView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    create_rule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWorkRule"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkRuleView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkRuleView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_rule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rule_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkRuleView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_rule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rule_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkRuleEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkRuleView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    delete_rule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rule_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_rule_runs: {
        parameters: {
            query?: {
                cursor?: string | null;
                /** @description Records of one page */
                limit?: number;
            };
            header?: never;
            path: {
                rule_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkRuleRunViewPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    roll_back_rule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rule_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkRuleRollBack"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkRuleView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    switch_rule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rule_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkRuleSwitch"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkRuleView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_rule_versions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rule_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkRuleVersionView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    order_rules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkRuleOrder"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkRuleView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_rule_schema: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    try_rule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkRuleTry"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TriedPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_saved_replies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedReply"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    create_saved_reply: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSavedReply"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedReply"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedReply"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_saved_reply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reply_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedReply"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_saved_reply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reply_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SavedReplyEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedReply"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    delete_saved_reply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reply_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    count_reply_use: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reply_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_scorecards: {
        parameters: {
            query?: {
                all?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scorecard"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    create_scorecard: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCard"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scorecard"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scorecard"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_scorecard: {
        parameters: {
            query?: {
                version?: number | null;
            };
            header?: never;
            path: {
                scorecard_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scorecard"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_scorecard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scorecard_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NextCard"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scorecard"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    use_scorecard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scorecard_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CardUse"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scorecard"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    try_scorecard: {
        parameters: {
            query?: {
                version?: number | null;
            };
            header?: never;
            path: {
                scorecard_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Answers"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Score"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_scorecard_versions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                scorecard_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scorecard"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_scores: {
        parameters: {
            query?: {
                agent?: string[];
                by?: "all" | "agent" | "reviewer" | "question";
                period?: "day" | "week" | "month";
                reviewer?: string[];
                scorecard?: string | null;
                since?: string | null;
                until?: string | null;
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScoreSeries"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    export_scores: {
        parameters: {
            query?: {
                agent?: string[];
                reviewer?: string[];
                scorecard?: string | null;
                since?: string | null;
                until?: string | null;
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": unknown;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    search_messages: {
        parameters: {
            query: {
                cursor?: string | null;
                /** @description Records of one page */
                limit?: number;
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchHitPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    sign_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_profile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Profile"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPassword"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_surveys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SurveyView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    create_survey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSurvey"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SurveyView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SurveyView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_survey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                survey_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SurveyEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SurveyView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    delete_survey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                survey_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    order_surveys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SurveyOrder"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SurveyView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_survey_words: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnWords"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_targets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    order_targets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TargetOrder"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    create_target: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTarget"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    delete_target: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                target_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_target: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                target_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TargetEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_teams: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    create_team: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTeam"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    delete_team: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_team: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_team_routing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoutingView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    set_team_routing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoutingEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoutingView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_tokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    create_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewToken"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewTokenView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewTokenView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    revoke_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    search_transcripts: {
        parameters: {
            query: {
                cursor?: string | null;
                /** @description Records of one page */
                limit?: number;
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TranscriptHitPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_users: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    create_user: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUser"];
            };
        };
        responses: {
            /** @description Done before: the stored record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewUserView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewUserView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserEdit"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    set_presence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["hub__api__calls_desk__Choice"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresenceView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    reset_password: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewPasswordView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    set_skills: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Skills"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresenceView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_waits: {
        parameters: {
            query?: {
                channel?: string | null;
                conversation?: string | null;
                cursor?: string | null;
                /** @description Records of one page */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaitViewPage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    get_wallboard: {
        parameters: {
            query?: {
                channel?: string[];
                team?: (string | "none")[];
                /** @description An IANA time zone, such as Europe/Warsaw: days and weeks begin by its clock. */
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Wallboard"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_queued_calls: {
        parameters: {
            query?: {
                channel?: string[];
                team?: (string | "none")[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallView"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
}
