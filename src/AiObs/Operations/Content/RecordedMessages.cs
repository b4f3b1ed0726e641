using AiObs.Operations.Content;

namespace AiObs.Operations;

/// <summary>The messages of a request or a response, as they may be shown.</summary>
public sealed class RecordedMessages
{
    private MessageSlot[] _slots;
    private string? _json;

    /// <summary>Initializes a new instance of the <see cref="RecordedMessages"/> class that is empty yet.</summary>
    internal RecordedMessages(int capacity) => _slots = new MessageSlot[capacity];

    /// <summary>Gets how many messages there are.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the messages in the form that is cheapest to write from.</summary>
    internal Span<MessageSlot> Slots => _slots.AsSpan(0, Count);

    /// <summary>Gets how many messages of the request are not among these; see <see cref="AiObs.PrivacyOptions.MaxMessages"/>.</summary>
    public int UnrecordedCount { get; internal init; }

    /// <summary>Returns the messages as JSON in the schema of OpenTelemetry's message attributes; written once, however often it is asked for.</summary>
    /// <returns>A JSON array.</returns>
    public string ToJson() => _json ??= MessageJson.Write(Slots);

    /// <summary>Adds a message; only as long as nobody else knows of this list.</summary>
    internal void Add(MessageSlot slot)
    {
        if (Count == _slots.Length)
        {
            Array.Resize(ref _slots, Math.Max(4, Count * 2));
        }

        _slots[Count++] = slot;
    }

    /// <summary>Returns the text alone where there is nothing but text, and JSON otherwise.</summary>
    internal RecordedValue? ToValue() => Slots switch
    {
        [] => null,
        [{ Text: { } text }] => RecordedValue.Plain(text),
        [var only] when only.Message.Parts is [TextPart text] => RecordedValue.Plain(text.Text),
        _ => RecordedValue.Json(ToJson()),
    };
}
