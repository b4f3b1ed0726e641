using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.Store.Conversations;

/// <summary>Writes messages as JSON, and reads them.</summary>
internal static class MessageJson
{
    public static string Write(ChatMessage message, JsonSerializerOptions? options) =>
        JsonSerializer.Serialize(message, (options ?? AIJsonUtilities.DefaultOptions).GetTypeInfo(typeof(ChatMessage)));

    public static ChatMessage Read(string json, JsonSerializerOptions? options) =>
        (ChatMessage)JsonSerializer.Deserialize(json, (options ?? AIJsonUtilities.DefaultOptions).GetTypeInfo(typeof(ChatMessage)))!;
}
