/** discord-api-spec ships its Zod schemas without types: these are the ones the simulator reads. */
declare module 'discord-api-spec/zod' {
  import type {
    APIApplicationCommandAutocompleteResponse,
    APIInteractionResponseChannelMessageWithSource,
    APIInteractionResponseDeferredChannelMessageWithSource,
    APIInteractionResponseDeferredMessageUpdate,
    APIInteractionResponsePong,
    APIInteractionResponseUpdateMessage,
    APIModalInteractionResponse,
    RESTPatchAPIChannelMessageJSONBody,
    RESTPatchAPIWebhookWithTokenMessageJSONBody,
    RESTPostAPIChannelMessageJSONBody,
    RESTPostAPICurrentUserCreateDMChannelJSONBody,
    RESTPostAPIWebhookWithTokenJSONBody,
    RESTPutAPIApplicationCommandsJSONBody,
  } from 'discord-api-types/v10';

  export interface Issue {
    path: PropertyKey[];
    message: string;
    errors?: Issue[][];
  }
  export interface Schema<T> {
    safeParse(
      value: unknown,
    ): { success: true; data: T } | { success: false; error: { issues: Issue[] } };
  }

  export const ApplicationCommandAutocompleteCallbackRequestSchema: Schema<APIApplicationCommandAutocompleteResponse>;
  export const ApplicationCommandUpdateRequestSchema: Schema<
    RESTPutAPIApplicationCommandsJSONBody[number]
  >;
  export const CreateMessageInteractionCallbackRequestSchema: Schema<
    | APIInteractionResponseChannelMessageWithSource
    | APIInteractionResponseDeferredChannelMessageWithSource
  >;
  export const CreatePrivateChannelRequestSchema: Schema<RESTPostAPICurrentUserCreateDMChannelJSONBody>;
  export const IncomingWebhookRequestPartialSchema: Schema<RESTPostAPIWebhookWithTokenJSONBody>;
  export const IncomingWebhookUpdateRequestPartialSchema: Schema<RESTPatchAPIWebhookWithTokenMessageJSONBody>;
  export const MessageCreateRequestSchema: Schema<RESTPostAPIChannelMessageJSONBody>;
  export const MessageEditRequestPartialSchema: Schema<RESTPatchAPIChannelMessageJSONBody>;
  export const ModalInteractionCallbackRequestSchema: Schema<APIModalInteractionResponse>;
  export const PongInteractionCallbackRequestSchema: Schema<APIInteractionResponsePong>;
  export const UpdateMessageInteractionCallbackRequestSchema: Schema<
    APIInteractionResponseDeferredMessageUpdate | APIInteractionResponseUpdateMessage
  >;

  export const GuildChannelResponseSchema: Schema<unknown>;
  export const ThreadResponseSchema: Schema<unknown>;
  export const PrivateChannelResponseSchema: Schema<unknown>;
  export const GuildWithCountsResponseSchema: Schema<unknown>;
  export const GuildRoleResponseSchema: Schema<unknown>;
  export const GuildMemberResponseSchema: Schema<unknown>;
  export const MyGuildResponseSchema: Schema<unknown>;
  export const UserPIIResponseSchema: Schema<unknown>;
  export const PrivateApplicationResponseSchema: Schema<unknown>;
}
