using System.Runtime.InteropServices;
using System.Text.Json;
using AiObs.OpenAI.Wire;

namespace AiObs.OpenAI.Pipeline;

/// <summary>What tells whether one chat request goes on with the conversation of another: its messages, by their hashes.</summary>
internal sealed class RequestTurn
{
    private readonly int[] _messages;
    private readonly bool _isChained;

    private RequestTurn(int[] messages, bool isChained)
    {
        _messages = messages;
        _isChained = isChained;
    }

    /// <summary>Reads a request of either interface.</summary>
    /// <param name="body">The body; undefined where it is not known.</param>
    public static RequestTurn Of(JsonElement body)
    {
        var messages = body.Get("messages") ?? body.Get("input");
        return new RequestTurn(
            messages switch
            {
                { ValueKind: JsonValueKind.Array } items => [.. items.EnumerateArray().Select(HashOf)],
                { ValueKind: JsonValueKind.String } text => [HashOf(text)],
                _ => [],
            },
            isChained: (body.Get("previous_response_id") ?? body.Get("conversation")) is not null);
    }

    /// <summary>Tells whether this request is the other one again, or one that follows it.</summary>
    /// <remarks>
    /// What follows repeats the last message, with something after it; whatever is before that may have been shortened. Where the service
    /// keeps the conversation, or a body is not known, nothing speaks against it.
    /// </remarks>
    public bool Continues(RequestTurn earlier) =>
        _isChained
        || _messages.Length == 0
        || earlier._messages.Length == 0
        || _messages.AsSpan(..^1).Contains(earlier._messages[^1])
        || _messages.AsSpan().SequenceEqual(earlier._messages);

    private static int HashOf(JsonElement message)
    {
        var hash = default(HashCode);
        hash.AddBytes(JsonMarshal.GetRawUtf8Value(message));
        return hash.ToHashCode();
    }
}
