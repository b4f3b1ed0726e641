namespace AiObs.Operations;

/// <summary>A piece of content as it may be shown: masked, redacted and shortened.</summary>
/// <param name="Text">The text, or JSON as text.</param>
/// <param name="IsJson">Whether <paramref name="Text"/> is a JSON document.</param>
public sealed record RecordedValue(string Text, bool IsJson)
{
    /// <summary>What stands in the place of hidden content, in every convention.</summary>
    public const string RedactedText = "__REDACTED__";

    /// <summary>Gets the value that stands in the place of hidden content.</summary>
    public static RecordedValue Redacted { get; } = new(RedactedText, IsJson: false);

    /// <summary>Gets a value indicating whether the content was hidden.</summary>
    public bool IsRedacted => ReferenceEquals(this, Redacted);

    internal static RecordedValue Plain(string text) => new(text, IsJson: false);

    internal static RecordedValue Json(string json) => new(json, IsJson: true);
}
