using System.Collections;

namespace AiObs.Operations.Content;

/// <summary>The messages of a request or a response, as they may be shown.</summary>
public sealed class RecordedMessages : IReadOnlyList<RecordedMessage>
{
    private readonly IReadOnlyList<RecordedMessage> _messages;
    private string? _json;

    internal RecordedMessages(IReadOnlyList<RecordedMessage> messages) => _messages = messages;

    /// <inheritdoc/>
    public int Count => _messages.Count;

    /// <summary>Gets how many messages of the request are not among these; see <see cref="AiObs.Privacy.PrivacyOptions.MaxMessages"/>.</summary>
    public int UnrecordedCount { get; internal init; }

    /// <inheritdoc/>
    public RecordedMessage this[int index] => _messages[index];

    /// <inheritdoc/>
    public IEnumerator<RecordedMessage> GetEnumerator() => _messages.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Returns the messages as JSON in the schema of OpenTelemetry's message attributes; written once, however often it is asked for.</summary>
    /// <returns>A JSON array.</returns>
    public string ToJson() => _json ??= MessageJson.Write(_messages);

    /// <summary>Returns the text alone where there is nothing but text, and JSON otherwise.</summary>
    internal RecordedValue? ToValue()
    {
        if (_messages.Count == 0)
        {
            return null;
        }

        return _messages is [{ Parts: [TextPart only] }] ? RecordedValue.Plain(only.Text) : RecordedValue.Json(ToJson());
    }
}
