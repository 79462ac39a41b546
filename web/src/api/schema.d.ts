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
    "/connectors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the connectors a channel can be made with */
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
    "/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List conversations
         * @description Without `state`: those that are open or pending. `sort=waiting` puts the customer who waits longest first.
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
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Action
         * @description Everything that needs a right. Named object_verb; screens and API ask `may`, nothing else.
         * @enum {string}
         */
        Action: "conversations_read" | "conversations_write" | "contacts_read" | "contacts_write" | "contacts_merge" | "contacts_delete" | "channels_read" | "channels_write" | "ledger_read" | "ledger_replay" | "raw_read" | "users_read" | "users_write" | "teams_write" | "tokens_write" | "hooks_write" | "waits_read" | "hours_write" | "targets_write" | "reports_read" | "reports_write" | "wallboard_read" | "system_read" | "knowledge_read" | "knowledge_write" | "assistant_use" | "assistant_read" | "assistant_write" | "outside_bots_write" | "bots_speak" | "recordings_play" | "recordings_play_all" | "recordings_download" | "recordings_log" | "recordings_manage" | "transcripts_write" | "reviews_read" | "reviews_reply" | "reviews_write" | "scorecards_write";
        /**
         * Article
         * @description One answer in one language, and the ways customers ask for it.
         */
        Article: {
            answer: string;
            /** Format: date-time */
            created_at: string;
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
            outcome: components["schemas"]["Outcome"];
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
         * CallCapabilities
         * @description What a channel can do with phone calls.
         */
        CallCapabilities: {
            browser_phone: string;
            controls: string[];
            detects_machines: boolean;
            inbound: boolean;
            outbound: boolean;
            plan: boolean;
            recording_lanes: number;
        };
        /**
         * Capabilities
         * @description What a kind of channel can carry. Drives the composer, the ticks, the docs and the conformance tests.
         */
        Capabilities: {
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
         * ChangeKind
         * @description What sort of thing happened. Integrators subscribe to these words.
         * @enum {string}
         */
        ChangeKind: "interaction_added" | "interaction_changed" | "conversation_added" | "conversation_changed" | "contact_added" | "contact_changed" | "contact_merged" | "contact_split" | "channel_changed" | "delivery_changed" | "event_unparsed" | "users_changed" | "target_at_risk" | "target_breached" | "bots_changed" | "call_changed" | "recording_changed" | "review_changed" | "presence_changed" | "debt_changed" | "line_changed";
        /**
         * Changes
         * @description Records as they are now, after everything up to `seq`. Applying a frame twice does no harm.
         */
        Changes: {
            channels: string[];
            contacts: string[];
            conversations: components["schemas"]["ConversationRow"][];
            interactions: components["schemas"]["InteractionView"][];
            ledger: boolean;
            seq: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "changes";
            users: boolean;
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
        ClientFrame: components["schemas"]["Viewing"] | components["schemas"]["Ping"];
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
            failed: boolean;
            group: boolean;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            last_at: string;
            last_author: string;
            last_preview: string;
            priority: components["schemas"]["Priority"];
            related_id: string | null;
            related_reason: string;
            reopen_count: number;
            snoozed_until: string | null;
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
         * Credentials
         * @description What a person signs in with.
         */
        Credentials: {
            email: string;
            password: string;
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
         * FieldError
         * @description What is wrong with one part of a request.
         */
        FieldError: {
            field: string;
            message: string;
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
         * CheckView
         * @description What the endpoint said to a trial.
         */
        hub__api__assistant__CheckView: {
            seconds: number;
            words: string;
            works: boolean;
        };
        /**
         * CheckView
         * @description What a check found.
         */
        hub__api__channels__CheckView: {
            address: string;
            detail: string;
            ok: boolean;
        };
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
         * LineProblem
         * @description Why a line of a file was left out.
         */
        LineProblem: {
            line: number;
            words: string;
        };
        /**
         * MediaRule
         * @description What attachments a channel carries.
         */
        MediaRule: {
            max_bytes: number;
            max_count: number;
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
         * NewPoint
         * @description An address.
         */
        NewPoint: {
            address: string;
            /** @description `email`, `phone`, or a provider's own space. */
            namespace: string;
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
         * Outcome
         * @description What came of it.
         * @enum {string}
         */
        Outcome: "answered" | "refused" | "blocked" | "failed" | "limited";
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
         * Role
         * @description What a person is in the hub.
         * @enum {string}
         */
        Role: "agent" | "manager" | "admin";
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
         * SenderRule
         * @description What an unknown sender becomes.
         * @enum {string}
         */
        SenderRule: "none" | "provisional" | "contact";
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
         * SetupStep
         * @description One thing that has to be right at the provider, as the connect wizard shows it.
         */
        SetupStep: {
            done: boolean | null;
            help: string;
            title: string;
        };
        /**
         * SetupView
         * @description How the setup of a channel stands, for the connect wizard.
         */
        SetupView: {
            last_received_at: string | null;
            steps: components["schemas"]["SetupStep"][];
            webhook_url: string;
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
         * VoiceFormat
         * @description What a channel wants a voice note to be: the media type the hub makes of the browser's recording.
         * @enum {string}
         */
        VoiceFormat: "audio/ogg" | "audio/mp4" | "audio/mpeg" | "audio/amr";
        /**
         * WaitView
         * @description One wait, for lists that prove a figure.
         */
        WaitView: {
            answered_by: string | null;
            /** Format: uuid */
            channel_id: string;
            /** Format: uuid */
            conversation_id: string;
            ended_at: string | null;
            ended_by: string | null;
            first: boolean;
            /** Format: uuid */
            id: string;
            initiated_by_us: boolean;
            seconds: number | null;
            /** Format: date-time */
            started_at: string;
        };
        /**
         * Page
         * @description One page of a list; `next` is the cursor of the following page, None at the end.
         */
        WaitViewPage: {
            items: components["schemas"]["WaitView"][];
            next: string | null;
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
                    "application/json": components["schemas"]["hub__api__assistant__CheckView"];
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
                    "application/json": components["schemas"]["hub__api__channels__CheckView"];
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
                    "application/json": components["schemas"]["hub__api__channels__CheckView"];
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
    list_conversations: {
        parameters: {
            query?: {
                assignee?: string[];
                channel?: string[];
                contact?: string | null;
                cursor?: string | null;
                /** @description Records of one page */
                limit?: number;
                sort?: "waiting" | "newest";
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
}
