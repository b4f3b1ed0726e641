using System.Text.Json;
using AiObs.Store.Conversations.Contents;
using Microsoft.Extensions.AI;

namespace AiObs.Store;

/// <summary>A piece of a stored message that this version cannot read, such as one of a kind that only a newer one knows. It is kept, and written again as it was, byte for byte.</summary>
/// <remarks>It must not be sent to a model: nobody knows what it says. Its JSON is content, and may hold anything that was said.</remarks>
public sealed class UnknownContent : AIContent
{
    /// <summary>Initializes a new instance of the <see cref="UnknownContent"/> class.</summary>
    /// <param name="json">One JSON value.</param>
    internal UnknownContent(string json) => Json = json;

    /// <summary>Gets the piece as it is stored.</summary>
    public string Json { get; }

    /// <summary>Gets the kind that it says it is of; <see langword="null"/> where it says none.</summary>
    public string? ContentType => FindText("$type");

    /// <summary>Gets the ids of the call and of the request for input that it says it belongs to.</summary>
    internal IEnumerable<string> CallIds => new[] { FindText("requestId"), FindText("callId") }.OfType<string>();

    private string? FindText(string member)
    {
        using var document = JsonDocument.Parse(Json, new() { MaxDepth = ChatMessageJson.MaxReadDepth });
        return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? Text(value)
            : null;
    }

    private static string? Text(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which JSON can escape and no text can hold.
            return null;
        }
    }
}
