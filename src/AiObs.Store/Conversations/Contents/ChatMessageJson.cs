using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace AiObs.Store.Conversations.Contents;

/// <summary>Writes messages as JSON, and reads them.</summary>
internal static class ChatMessageJson
{
    /// <summary>How deep what is read may be nested: deeper than anything that is written, even where its parts were written one by one.</summary>
    public const int MaxReadDepth = 2 * ChatMessageJsonOptions.MaxDepth;

    /// <summary>Writes a message. What cannot be written is left out; a content of a type that nobody registered keeps its name.</summary>
    /// <param name="message">The message.</param>
    /// <param name="options">The options of whoever has content types of his own.</param>
    /// <param name="lostCount">How many contents and values were not written, or not in full.</param>
    public static string Write(ChatMessage message, JsonSerializerOptions? options, out int lostCount)
    {
        var own = ChatMessageJsonOptions.Of(options);
        try
        {
            lostCount = 0;
            return JsonSerializer.Serialize(message, own.GetTypeInfo(typeof(ChatMessage)));
        }
#pragma warning disable CA1031 // A getter or a converter of the application's own may throw anything; what else there is in the message must not be lost for it.
        catch (Exception)
#pragma warning restore CA1031
        {
            return MessageSalvage.Write(message, own, out lostCount);
        }
    }

    /// <summary>Reads a message. A content that cannot be read is an <see cref="UnknownContent"/>.</summary>
    /// <exception cref="JsonException">The text is no message at all.</exception>
    public static ChatMessage Read(string json, JsonSerializerOptions? options)
    {
        var info = (JsonTypeInfo<ChatMessage>)ChatMessageJsonOptions.Of(options).GetTypeInfo(typeof(ChatMessage));
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), new JsonReaderOptions { MaxDepth = MaxReadDepth });
        var message = JsonSerializer.Deserialize(ref reader, info) ?? throw new JsonException("A stored message is null.");
        return reader.Read() ? throw new JsonException("More than one value stands in a stored message.") : message;
    }
}
